using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Difference between the shares of missing values of a column, generated against real, 0 to 1, and the mean over the columns.
/// </summary>
internal sealed class MissingValues : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "missing-values";

    /// <inheritdoc/>
    public override string Title => "Difference of the shares of missing values";

    /// <inheritdoc/>
    public override string Paper => "Little and Rubin 2002, Statistical analysis with missing data, chapter 1";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => input.Real.Columns.Concat(input.Generated.Columns).All(c => c.MissingShare == 0)
        ? "no value is missing in either table" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        MetricResult[] columns = [.. input.Real.Columns.Select(real =>
            Result(Math.Abs(input.Generated[real.Name].MissingShare - real.MissingShare), null, input.Sizes, real.Name))];
        return [Result(columns.Average(c => c.Value), null, $"mean of {columns.Length} columns, {input.Sizes}"), .. columns];
    }
}
