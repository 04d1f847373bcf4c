using Microsoft.ML.OnnxRuntime;

namespace GanPipeline.Inference;

/// <summary>
/// Buffers for one batch at a time, bound to the inputs and the output of a session. Everything is allocated once; a run allocates nothing.
/// </summary>
/// <remarks>
/// The number of rows that is computed is rounded up to a multiple of <see cref="RowStep"/>; the rows beyond the last sample hold leftovers and their results
/// are not used. That leaves few shapes, so the bindings of each can be kept; and a runtime may multiply one row by another method than many, with other
/// roundings, which would make a sample's bits depend on how the samples are cut into batches.
/// </remarks>
internal sealed class BatchRunner : IDisposable
{
    public const int RowStep = 16;

    private readonly InferenceSession _session;
    private readonly float[] _noise;
    private readonly long[] _labels;
    private readonly float[] _samples;
    private readonly int _latentSize;
    private readonly int _sampleSize;
    private readonly long[] _sampleShape;
    private readonly bool _conditional;
    private readonly RunOptions _runOptions = new();
    private readonly Dictionary<int, Binding> _bindings = [];

    public BatchRunner(InferenceSession session, Primitives.GeneratorInfo info, int batchSize)
    {
        var rows = RoundUp(batchSize);
        _session = session;
        _latentSize = info.LatentSize;
        _sampleSize = info.SampleSize;
        _sampleShape = [.. info.SampleShape];
        _conditional = info.ClassNames.Count > 0;
        _noise = GC.AllocateArray<float>(checked(rows * _latentSize), pinned: true);
        _labels = GC.AllocateArray<long>(_conditional ? rows : 0, pinned: true);
        _samples = GC.AllocateArray<float>(checked(rows * _sampleSize), pinned: true);
    }

    /// <summary>Latents of the first <paramref name="rows"/> rows, to be filled before <see cref="Run"/>.</summary>
    public Span<float> Noise(int rows) => _noise.AsSpan(0, rows * _latentSize);

    /// <summary>Class indices of the first <paramref name="rows"/> rows, to be filled before <see cref="Run"/>; empty for a generator without
    /// classes.</summary>
    public Span<long> Labels(int rows) => _conditional ? _labels.AsSpan(0, rows) : [];

    /// <summary>Computes the first <paramref name="rows"/> rows; the result is valid until the next run.</summary>
    public ReadOnlySpan<float> Run(int rows)
    {
        var padded = RoundUp(rows);
        if (!_bindings.TryGetValue(padded, out var binding))
        {
            binding = Bind(padded);
            _bindings.Add(padded, binding);
        }

        _session.RunWithBinding(_runOptions, binding.Io);
        binding.Io.SynchronizeBoundOutputs();
        return _samples.AsSpan(0, rows * _sampleSize);
    }

    public void Dispose()
    {
        foreach (var binding in _bindings.Values)
        {
            binding.Io.Dispose();
            foreach (var value in binding.Values)
            {
                value.Dispose();
            }
        }

        _runOptions.Dispose();
    }

    private static int RoundUp(int rows) => (rows + RowStep - 1) / RowStep * RowStep;

    private Binding Bind(int rows)
    {
        var noise = Value(_noise, rows * _latentSize, [rows, _latentSize]);
        var samples = Value(_samples, rows * _sampleSize, [rows, .. _sampleShape]);
        var io = _session.CreateIoBinding();
        io.BindInput(Primitives.GeneratorFile.NoiseInput, noise);
        io.BindOutput(Primitives.GeneratorFile.SampleOutput, samples);
        if (!_conditional)
        {
            return new Binding(io, [noise, samples]);
        }

        var labels = Value(_labels, rows, [rows]);
        io.BindInput(Primitives.GeneratorFile.LabelInput, labels);
        return new Binding(io, [noise, samples, labels]);
    }

    private static OrtValue Value<T>(T[] buffer, int length, long[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(0, length), shape);

    private sealed record Binding(OrtIoBinding Io, OrtValue[] Values);
}
