using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Accuracy of a small classifier that tells generated from real samples by their features, on samples that it was not trained on. 0.5 where the two cannot
/// be told apart, 1 where they always can.
/// </summary>
internal sealed class TwoSampleTest : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "two-sample-test";

    /// <inheritdoc/>
    public override string Title => "Accuracy of telling generated from real samples";

    /// <inheritdoc/>
    public override string Paper => "Lopez-Paz and Oquab 2017, Revisiting classifier two-sample tests";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => TellingApart.Obstacle(input.Generated.Count, input.Real.Count);

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        double[] hits = TellingApart.Hits(input.Generated, input.Real, input.Seed);
        return [Result(hits.Average(), Bootstrap.OfMean(hits, input.Seed, Name),
            $"{hits.Length} samples, half of each kind, and as many to learn from, {input.Space}")];
    }
}
