using System.Globalization;
using GanPipeline.Primitives;
using Microsoft.ML.OnnxRuntime;

namespace GanPipeline.Inference;

/// <summary>Chooses where ONNX Runtime computes.</summary>
internal static class ExecutionDevice
{
    /// <summary>Adds the execution provider for <paramref name="device"/> to <paramref name="settings"/>; returns what was chosen, and for <c>auto</c> also
    /// why.</summary>
    public static string Select(string device, SessionOptions settings)
    {
        if (device == "cpu")
        {
            return device;
        }

        if (device == "auto")
        {
            return TryCuda(settings, 0) is { } reason ? $"cpu (no CUDA: {reason})" : "cuda:0";
        }

        var index = 0;
        var numbered = device.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(device.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index);
        if (device != "cuda" && !numbered)
        {
            throw UserErrorException.Usage($"device '{device}' is unknown; it must be cpu, cuda, cuda:N or auto");
        }

        return TryCuda(settings, index) is { } missing
            ? throw new UserErrorException($"device '{device}' cannot be used: {missing}; use cpu; for an NVIDIA GPU the program needs the package " +
                $"Microsoft.ML.OnnxRuntime.Gpu")
            { Kind = ErrorKind.Failed }
            : $"cuda:{index}";
    }

    /// <summary>Null when CUDA can be used, else the reason why not.</summary>
    private static string? TryCuda(SessionOptions settings, int index)
    {
        try
        {
            using var options = new OrtCUDAProviderOptions();
            options.UpdateOptions(new Dictionary<string, string> { ["device_id"] = index.ToString(CultureInfo.InvariantCulture) });
            settings.AppendExecutionProvider_CUDA(options);
            return null;
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            return RuntimeModel.FirstLine(e.Message).TrimEnd('.');
        }
    }
}
