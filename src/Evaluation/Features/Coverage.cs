using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Share of real samples with a generated one in their neighbourhood (to the fifth nearest real sample). Low where kinds of real samples are missing.
/// Two sets of equal size from one distribution reach 1 - 1/2⁵ ≈ 0.97.
/// </summary>
internal sealed class Coverage : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "coverage";

    /// <inheritdoc/>
    public override string Title => "Coverage";

    /// <inheritdoc/>
    public override string Paper => "Naeem et al. 2020, Reliable fidelity and diversity metrics for generative models (k = 5)";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => Neighbourhoods.Obstacle(input);

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        double[] covered = input.Neighbourhoods.RealCovered;
        return [Result(covered.Average(), Bootstrap.OfMean(covered, input.Seed, Name), input.Sizes)];
    }
}
