using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Mean absolute difference between the correlations (Pearson's) of two numeric columns, generated against real, over all pairs of columns; 0 to 2. A column
/// without spread has correlations of 0.
/// </summary>
internal sealed class CorrelationDifference : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "correlation-difference";

    /// <inheritdoc/>
    public override string Title => "Difference of the correlations";

    /// <inheritdoc/>
    public override string Paper => "Pearson 1895, Note on regression and inheritance in the case of two parents";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => input.Real.Columns.Count(c => c.IsNumeric) < 2 ? "there are fewer than two numeric columns"
        : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        (double mean, Interval interval, string sample) = ColumnPairs.Compare(input, Name, input.Real.Columns.Where(c => c.IsNumeric), Correlation.Of);
        return [Result(mean, interval, sample)];
    }
}
