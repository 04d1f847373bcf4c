namespace GanPipeline.Report.Verdicts;

/// <summary>How far the generated values of a column are from the real ones.</summary>
/// <param name="Column">The column.</param>
/// <param name="Distance">Its largest share of difference: Kolmogorov-Smirnov for numbers, total variation for categories; both are from 0 to 1.</param>
internal sealed record ColumnFinding(string Column, QualityRow Distance)
{
    private static readonly string[] _metrics = ["kolmogorov-smirnov", "total-variation"];

    /// <summary>The columns, the furthest off first.</summary>
    public static IReadOnlyList<ColumnFinding> Of(RunData run) => [.. run.Quality
        .Where(q => q.Class.Length > 0 && q.Data.Length == 0 && _metrics.Contains(q.Metric) && double.IsFinite(q.Value))
        .OrderByDescending(q => q.Value).Select(q => new ColumnFinding(q.Class, q))];
}
