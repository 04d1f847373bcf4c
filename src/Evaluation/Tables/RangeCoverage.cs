using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Share of the range of a numeric column of the real table, smallest to largest, that the generated values span, and the mean over the columns.
/// </summary>
internal sealed class RangeCoverage : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "range-coverage";

    /// <inheritdoc/>
    public override string Title => "Part of a column's range that is covered";

    /// <inheritdoc/>
    public override string Paper => "Patki, Wedge and Veeramachaneni 2016, The synthetic data vault; as in SDMetrics' RangeCoverage";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => PerColumn.NoNumbers(input);

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        return PerColumn.Numbers(input, Name, (generated, real) =>
        {
            double range = real[^1] - real[0];
            double spanned = Math.Max(0, Math.Min(generated[^1], real[^1]) - Math.Max(generated[0], real[0]));
            return range > 0 ? spanned / range : generated[0] <= real[0] && generated[^1] >= real[0] ? 1 : 0;
        }, interval: false).Select(r => Result(r.Value, r.Interval, r.Sample, r.Column));
    }
}
