using System.Diagnostics;
using System.Globalization;
using GanPipeline.Primitives;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GanPipeline.Bench.Generation;

/// <summary>
/// The least that a program can do: tensors that are made once, bound once, and run again and again over the C API, whose functions the C# API calls one to
/// one.
/// </summary>
internal sealed class BareLoop : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _values;
    private readonly float[] _noise;
    private readonly int _batch, _latent;
    private ulong _first;

    public BareLoop(string path, GeneratorInfo info, int threads, int batch)
    {
        using var settings = Settings(threads);
        (_batch, _latent) = (batch, info.LatentSize);
        _session = new InferenceSession(path, settings);
        _noise = GC.AllocateArray<float>(batch * info.LatentSize, pinned: true);
        GaussianNoise.Fill(1, 0, _latent, _noise);
        _values =
        [
            OrtValue.CreateTensorValueFromMemory(_noise, [batch, info.LatentSize]),
            OrtValue.CreateTensorValueFromMemory(
                GC.AllocateArray<float>(batch * info.SampleSize, pinned: true), [batch, .. info.SampleShape.Select(size => (long)size)]),
        ];
        _binding = _session.CreateIoBinding();
        _binding.BindInput(info.Names.Noise, _values[0]);
        _binding.BindOutput(info.Names.Sample, _values[1]);
        if (info.ClassNames.Count > 0)
        {
            _values.Add(OrtValue.CreateTensorValueFromMemory([.. Enumerable.Range(0, batch).Select(i => (long)(i % info.ClassNames.Count))], [batch]));
            _binding.BindInput(info.Names.Label, _values[2]);
        }
    }

    public static SessionOptions Settings(int threads) => new()
    {
        IntraOpNumThreads = threads,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
    };

    public int Run()
    {
        GaussianNoise.Fill(1, _first, _latent, _noise);
        _first += (ulong)_batch;
        return RunWithoutNoise();
    }

    public int RunWithoutNoise()
    {
        _session.RunWithBinding(_options, _binding);
        return _batch;
    }

    public void Dispose()
    {
        _binding.Dispose();
        _values.ForEach(value => value.Dispose());
        _options.Dispose();
        _session.Dispose();
    }
}

/// <summary>As ML.NET's ApplyOnnxModel does: a run for each row, with tensors of their own.</summary>
internal sealed class OneRowLoop(string path, GeneratorInfo info, int threads) : IDisposable
{
    private readonly InferenceSession _session = new(path, BareLoop.Settings(threads));
    private ulong _row;

    public int Run()
    {
        var noise = new float[info.LatentSize];
        GaussianNoise.Fill(1, _row, info.LatentSize, noise);
        var inputs = new List<NamedOnnxValue> { NamedOnnxValue.CreateFromTensor(info.Names.Noise, new DenseTensor<float>(noise, [1, info.LatentSize])) };
        if (info.ClassNames.Count > 0)
        {
            inputs.Add(NamedOnnxValue.CreateFromTensor(info.Names.Label, new DenseTensor<long>(new[] { (long)(_row % (ulong)info.ClassNames.Count) }, [1])));
        }

        using var outputs = _session.Run(inputs);
        _ = outputs[0].AsTensor<float>().ToArray();
        _row++;
        return 1;
    }

    public void Dispose() => _session.Dispose();
}

/// <summary>ONNX Runtime for Node, in a process of its own that is asked for one turn after the other.</summary>
internal sealed class NodeLoop : IDisposable
{
    private readonly Process _process;

    private NodeLoop(Process process) => _process = process;

    /// <summary>Null where there is no Node, or no ONNX Runtime for it (scripts/setup-samples.sh).</summary>
    public static NodeLoop? Start(string path, int threads, int batch)
    {
        try
        {
            var script = Path.Combine(Environment.GetEnvironmentVariable("GAN_ROOT") ?? ".", "samples", "node", "rate.mjs");
            string[] arguments = [script, path, $"{threads}", $"{batch}"];
            var process = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
            return process.StandardOutput.ReadLine() == "ready" ? new NodeLoop(process) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public double Rate()
    {
        _process.StandardInput.WriteLine("go");
        return double.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
