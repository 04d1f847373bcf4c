using GanPipeline.Report.Verdicts;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>What a method for rare classes made of the training rows.</summary>
/// <param name="Method">The method.</param>
/// <param name="Made">The rows that a classifier is trained on, and what each counts.</param>
internal sealed record ResampledRows(Method Method, WeightedRows Made)
{
    /// <summary>The rows that a classifier is trained on.</summary>
    public LabelledRows Rows => Made.Rows;

    /// <summary>The name of the method whose rows are a generator's.</summary>
    public const string Generator = MethodFindings.GeneratorKey;

    /// <summary>What the methods that cost nothing make of rows.</summary>
    /// <param name="rows">The data as they are.</param>
    /// <param name="table">How they are encoded, where they are a table's.</param>
    /// <param name="seed">Decides which rows are repeated and blended.</param>
    /// <param name="stop">Ends the work.</param>
    public static IReadOnlyList<ResampledRows> Free(LabelledRows rows, TableCodec? table, ulong seed, CancellationToken stop) =>
        [.. Method.Free(table).Select(method => new ResampledRows(method, method.Resample(rows, seed, stop)))];

    /// <summary>Rows that a generator up-sampled.</summary>
    public static ResampledRows OfGenerator(LabelledRows rows) => new(new Method(Generator, (_, _, _) => rows), rows);
}
