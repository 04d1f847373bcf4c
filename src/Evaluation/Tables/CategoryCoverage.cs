using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Share of the categories of a column of the real table that appear in the generated one, and the mean over the columns.
/// </summary>
internal sealed class CategoryCoverage : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "category-coverage";

    /// <inheritdoc/>
    public override string Title => "Categories that appear among the generated rows";

    /// <inheritdoc/>
    public override string Paper => "Patki, Wedge and Veeramachaneni 2016, The synthetic data vault; as in SDMetrics' CategoryCoverage";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => PerColumn.NoWords(input);

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        return PerColumn.Words(input, Name, (generated, real) =>
        {
            string[] known = [.. real.Distinct()];
            return (double)known.Intersect(generated).Count() / known.Length;
        }, interval: false).Select(r => Result(r.Value, r.Interval, r.Sample, r.Column));
    }
}
