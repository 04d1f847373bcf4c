using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Half the sum of the differences between the shares of a column's categories, generated against real, 0 to 1, and the mean over the columns. A missing
/// value is a category of its own.
/// </summary>
internal sealed class TotalVariation : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "total-variation";

    /// <inheritdoc/>
    public override string Title => "Total variation of a column's categories";

    /// <inheritdoc/>
    public override string Paper => "Levin, Peres and Wilmer 2009, Markov chains and mixing times, section 4.1";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => PerColumn.NoWords(input);

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        return PerColumn.Words(input, Name, (generated, real) =>
        {
            Dictionary<string, double> shares = Shares(generated), other = Shares(real);
            return shares.Keys.Union(other.Keys).Sum(k => Math.Abs(shares.GetValueOrDefault(k) - other.GetValueOrDefault(k))) / 2;
        }).Select(r => Result(r.Value, r.Interval, r.Sample, r.Column));
    }

    private static Dictionary<string, double> Shares(string[] words) => words.CountBy(w => w).ToDictionary(p => p.Key, p => (double)p.Value / words.Length,
        StringComparer.Ordinal);
}
