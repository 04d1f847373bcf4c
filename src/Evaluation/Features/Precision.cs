using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Share of generated samples that lie among the real ones: within the distance of some real sample to its third nearest real neighbour. Low for samples that
/// look like nothing real. The interval holds for these real samples.
/// </summary>
internal sealed class Precision : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "precision";

    /// <inheritdoc/>
    public override string Title => "Precision";

    /// <inheritdoc/>
    public override string Paper => "Kynkäänniemi et al. 2019, Improved precision and recall metric for assessing generative models (k = 3)";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => Neighbourhoods.Obstacle(input);

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        double[] inside = input.Neighbourhoods.GeneratedInReal;
        return [Result(inside.Average(), Bootstrap.OfMean(inside, input.Seed, Name), input.Sizes)];
    }
}
