using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// For data that consist of modes whose centres are known: the share of generated samples within three standard deviations of the nearest centre. Samples that follow
/// the data in a plane reach 0.989.
/// </summary>
internal sealed class HighQualityShare : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "high-quality-share";

    /// <inheritdoc/>
    public override string Title => "Share of samples near a mode";

    /// <inheritdoc/>
    public override string Paper => "Srivastava et al. 2017, VEEGAN: reducing mode collapse in GANs using implicit variational learning, section 4.1";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => input.Centres is null ? "the data set has no known modes" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        double[] near = Array.ConvertAll(input.Centres!.Assign(input.Generated).Near, n => n ? 1.0 : 0);
        return [Result(near.Average(), Bootstrap.OfMean(near, input.Seed, Name), $"{near.Length} generated samples")];
    }
}
