using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Mean absolute difference between the mutual informations of two columns, over the mean of their entropies (0 to 1), generated against real, over all pairs
/// of columns. Numbers are put into ten bins at the real column's deciles; a missing value is a category.
/// </summary>
internal sealed class MutualInformationDifference : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "mutual-information-difference";

    /// <inheritdoc/>
    public override string Title => "Difference of the mutual informations";

    /// <inheritdoc/>
    public override string Paper =>
        "Shannon 1948, A mathematical theory of communication; normalised as in Vinh, Epps and Bailey 2010, " +
            "Information theoretic measures for clusterings comparison";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => input.Real.Columns.Count < 2 ? "there are fewer than two columns" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        (double mean, Interval interval, string sample) = ColumnPairs.Compare(input, Name, input.Real.Columns,
            (a, b) => MutualInformation.Normalised(Bins(a), Bins(b)));
        return [Result(mean, interval, sample)];

        int[] Bins(TableColumn column) => MutualInformation.Bins(column, input.Real[column.Name]);
    }
}
