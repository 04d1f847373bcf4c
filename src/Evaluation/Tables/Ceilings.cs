using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// What real rows have in the place of generated ones, as many of them: the training rows against rows that were held out. Metrics of privacy and of training
/// on generated rows have such numbers of their own.
/// </summary>
internal static class Ceilings
{
    /// <summary>How results call them.</summary>
    public const string Data = "real";

    private static readonly MetricDescriptor<TableComparison>[] _metrics =
        [.. ColumnMetrics.All.Where(m => m.Name != ValidValues.Name).Concat(RowMetrics.All.Where(m => m.By == Breakdown.None))
            .OrderBy(m => m.Name, StringComparer.Ordinal)];

    /// <summary>The numbers, without intervals; none where training rows or held-out rows are not known.</summary>
    public static IReadOnlyList<MetricResult> Of(TableComparison tables, CancellationToken stop) => tables.OfTrainingRows() is not { } real ? []
        : [.. _metrics.MeasureAll(real, (_, _) => { }, stop).Where(r => r.Data.Length == 0).Select(r => r with { Data = Data, Low = null, High = null })];
}
