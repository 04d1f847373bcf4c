namespace GanPipeline.Inference;

/// <summary>Some samples of a stream. The memory is used again for the next batch: copy what is kept.</summary>
/// <param name="FirstSample">Index of the first sample in the stream of its seed.</param>
/// <param name="Count">Number of samples.</param>
/// <param name="Labels">[N] class indices; empty for a generator without classes.</param>
/// <param name="Samples">[N, ...sample shape], row-major, in the data's own units; empty for rows of a table.</param>
public readonly record struct SampleBatch(ulong FirstSample, int Count, ReadOnlyMemory<long> Labels, ReadOnlyMemory<float> Samples)
{
    /// <summary>The rows of a table, a column each in the table's order; empty for other samples.</summary>
    public IReadOnlyList<TableValues> Columns { get; init; } = [];
}

/// <summary>The values of one column in some rows: numbers or texts.</summary>
/// <param name="Numbers">[N] numbers, NaN where the value is missing; empty for other columns.</param>
/// <param name="Texts">[N] texts, empty where the value is missing; empty for other columns.</param>
public readonly record struct TableValues(double[] Numbers, string[] Texts)
{
    /// <summary>
    /// [N] whole numbers of a column that has some beyond 2^53, which float64 does not tell apart; <see cref="long.MinValue"/> where the value is missing;
    /// empty for other columns.
    /// </summary>
    public long[] Integers { get; init; } = [];
}
