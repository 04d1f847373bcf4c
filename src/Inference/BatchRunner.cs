using GanPipeline.Primitives;
using Microsoft.ML.OnnxRuntime;

namespace GanPipeline.Inference;

/// <summary>
/// Buffers for one batch at a time, bound to the inputs and the output of a session. Everything is allocated once; a run allocates nothing.
/// </summary>
/// <remarks>
/// Above <see cref="RowStep"/> rows their number is rounded up to a multiple of it, so that there are few shapes and the bindings of each can be kept; the rows
/// beyond the last sample hold leftovers and their results are not used. Fewer rows are computed as they are: ONNX Runtime packs constant weights beforehand
/// and then multiplies one row by the same method as many, so a sample's bits do not depend on how many come with it (a test holds that, for each kind of
/// layer).
/// </remarks>
internal sealed class BatchRunner : IDisposable
{
    private const int RowStep = 16;

    private readonly InferenceSession _session;
    private readonly GeneratorInfo _info;
    private readonly float[] _noise;
    private readonly long[] _labels;
    private readonly float[] _samples;
    private readonly byte[] _bytes;
    private readonly RunOptions _runOptions = new();
    private readonly Dictionary<int, Binding> _bindings = [];

    public BatchRunner(InferenceSession session, GeneratorInfo info, int batchSize)
    {
        var rows = RoundUp(batchSize);
        (_session, _info) = (session, info);
        _noise = GC.AllocateArray<float>(checked(rows * info.LatentSize), pinned: true);
        _labels = GC.AllocateArray<long>(info.ClassNames.Count > 0 ? rows : 0, pinned: true);
        _samples = GC.AllocateArray<float>(checked(rows * info.SampleSize), pinned: true);
        _bytes = GC.AllocateArray<byte>(info.Bytes ? _samples.Length : 0, pinned: true);
    }

    /// <summary>Latents of the first <paramref name="rows"/> rows, to be filled before <see cref="Run"/>.</summary>
    public Span<float> Noise(int rows) => _noise.AsSpan(0, rows * _info.LatentSize);

    /// <summary>Class indices of the first <paramref name="rows"/> rows, to be filled before <see cref="Run"/>; empty for a generator without
    /// classes.</summary>
    public Memory<long> Labels(int rows) => _labels.AsMemory(0, Math.Min(rows, _labels.Length));

    /// <summary>Samples of the first <paramref name="rows"/> rows, as the last <see cref="Run"/> left them.</summary>
    public ReadOnlyMemory<float> Samples(int rows) => _samples.AsMemory(0, rows * _info.SampleSize);

    /// <summary>Computes the first <paramref name="rows"/> rows.</summary>
    public void Run(int rows)
    {
        var padded = RoundUp(rows);
        if (!_bindings.TryGetValue(padded, out var binding))
        {
            binding = Bind(padded);
            _bindings.Add(padded, binding);
        }

        _session.RunWithBinding(_runOptions, binding.Io);
        binding.Io.SynchronizeBoundOutputs();
        if (_info.Bytes)
        {
            for (var i = 0; i < rows * _info.SampleSize; i++)
            {
                _samples[i] = _bytes[i];
            }
        }
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

    private static int RoundUp(int rows) => rows <= RowStep ? rows : (rows + RowStep - 1) / RowStep * RowStep;

    private Binding Bind(int rows)
    {
        var noise = Value(_noise, rows * _info.LatentSize, [rows, _info.LatentSize]);
        long[] shape = [rows, .. _info.SampleShape];
        var samples = _info.Bytes ? Value(_bytes, rows * _info.SampleSize, shape) : Value(_samples, rows * _info.SampleSize, shape);
        var io = _session.CreateIoBinding();
        io.BindInput(_info.Names.Noise, noise);
        io.BindOutput(_info.Names.Sample, samples);
        if (_labels.Length == 0)
        {
            return new Binding(io, [noise, samples]);
        }

        var labels = Value(_labels, rows, [rows]);
        io.BindInput(_info.Names.Label, labels);
        return new Binding(io, [noise, samples, labels]);
    }

    private static OrtValue Value<T>(T[] buffer, int length, long[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(0, length), shape);

    private sealed record Binding(OrtIoBinding Io, OrtValue[] Values);
}
