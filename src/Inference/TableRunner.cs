using GanPipeline.Primitives;
using Microsoft.ML.OnnxRuntime;

namespace GanPipeline.Inference;

/// <summary>Runs a table's generator: noise and classes in, one array a column out.</summary>
internal sealed class TableRunner(string path, InferenceSession session, GeneratorInfo info, int batchSize) : IDisposable
{
    private readonly float[] _noise = new float[checked(batchSize * info.LatentSize)];
    private readonly long[] _labels = new long[info.ClassNames.Count > 0 ? batchSize : 0];
    private readonly RunOptions _options = new();
    private readonly string[] _inputs = info.ClassNames.Count > 0 ? [info.Names.Noise, info.Names.Label] : [info.Names.Noise];
    private readonly string[] _outputs = [.. info.Columns.Select(column => column.Output)];

    /// <summary>Makes rows <paramref name="firstSample"/>, firstSample + 1, ... of the stream of a seed; at most a batch.</summary>
    /// <exception cref="UserErrorException">The file gives another number of rows.</exception>
    public TableValues[] Run(ulong seed, ulong firstSample, ReadOnlySpan<long> labels, int rows)
    {
        GaussianNoise.Fill(seed, firstSample, info.LatentSize, _noise.AsSpan(0, rows * info.LatentSize));
        labels.CopyTo(_labels);
        using var noise = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _noise.AsMemory(0, rows * info.LatentSize),
            [rows, info.LatentSize]);
        using var classes = _labels.Length == 0 ? null : OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _labels.AsMemory(0, rows), [rows]);
        using var outputs = session.Run(_options, _inputs, classes is null ? [noise] : [noise, classes], _outputs);
        for (var i = 0; i < outputs.Count; i++)
        {
            // A file that others wrote may say one number of rows and make another.
            if (outputs[i].GetTensorTypeAndShape().ElementCount is var found && found != rows)
            {
                throw new UserErrorException($"{path}: generated {found} values of column '{info.Columns[i].Name}' where {rows} were asked for; export the "
                    + "generator again");
            }
        }

        return [.. outputs.Select((value, i) => info.Columns[i] switch
        {
            { IsText: true } => new TableValues([], value.GetStringTensorAsArray()[..rows]),
            { IsInteger: true } => new TableValues([], []) { Integers = value.GetTensorDataAsSpan<long>()[..rows].ToArray() },
            _ => new TableValues(value.GetTensorDataAsSpan<double>()[..rows].ToArray(), []),
        })];
    }

    public void Dispose() => _options.Dispose();
}
