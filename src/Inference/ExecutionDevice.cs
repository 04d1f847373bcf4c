using System.Globalization;
using GanPipeline.Primitives;
using Microsoft.ML.OnnxRuntime;

namespace GanPipeline.Inference;

/// <summary>Chooses where ONNX Runtime computes.</summary>
internal static class ExecutionDevice
{
    /// <summary>Adds the execution provider for <paramref name="device"/> to <paramref name="settings"/>; returns what was chosen, and for <c>auto</c> also why.</summary>
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
        if (device != "cuda" && !(device.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(device.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index)))
        {
            throw new UserErrorException($"device '{device}' is unknown; it must be cpu, cuda, cuda:N or auto");
        }

        return TryCuda(settings, index) is { } missing
            ? throw new UserErrorException($"device '{device}' cannot be used: {missing}; use cpu, or run 'scripts/setup.sh --device cuda' on a machine with an NVIDIA GPU")
            : $"cuda:{index}";
    }

    /// <summary>Null when CUDA can be used, else the reason why not.</summary>
    private static string? TryCuda(SessionOptions settings, int index)
    {
        if (!OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"))
        {
            return "this ONNX Runtime was built without CUDA";
        }

        try
        {
            settings.AppendExecutionProvider_CUDA(index);
            return null;
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            return RuntimeModel.FirstLine(e.Message);
        }
    }
}
