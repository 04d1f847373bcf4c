using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Share of real samples that lie among the generated ones: within the distance of some generated sample to its third nearest generated neighbour. Low where
/// kinds of real samples are never generated. The interval holds for these generated samples.
/// </summary>
internal sealed class Recall : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "recall";

    /// <inheritdoc/>
    public override string Title => "Recall";

    /// <inheritdoc/>
    public override string Paper => "Kynkäänniemi et al. 2019, Improved precision and recall metric for assessing generative models (k = 3)";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => Neighbourhoods.Obstacle(input);

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        double[] inside = input.Neighbourhoods.RealInGenerated;
        return [Result(inside.Average(), Bootstrap.OfMean(inside, input.Seed, Name), input.Sizes)];
    }
}
