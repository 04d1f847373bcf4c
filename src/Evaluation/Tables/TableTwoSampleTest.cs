using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Accuracy of a small classifier that tells generated from real rows, on rows that it was not trained on. 0.5 where the two cannot be told apart, 1 where
/// they always can.
/// </summary>
internal sealed class TableTwoSampleTest : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "table-two-sample-test";

    /// <inheritdoc/>
    public override string Title => "Accuracy of telling generated from real rows";

    /// <inheritdoc/>
    public override string Paper => "Lopez-Paz and Oquab 2017, Revisiting classifier two-sample tests";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => TellingApart.Obstacle(input.Generated.Rows, input.Real.Rows);

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        double[] hits = TellingApart.Hits(input.Encoded(input.Generated), input.Encoded(input.Real), input.Seed);
        return [Result(hits.Average(), Bootstrap.OfMean(hits, input.Seed, Name), $"{hits.Length} rows, half of each kind, and as many to learn from")];
    }
}
