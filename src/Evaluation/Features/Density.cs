using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// How many real neighbourhoods (to the fifth nearest real sample) a generated sample is in, over the five that it would be in if it were drawn from the
/// real distribution; above 1 where samples keep to where real ones are dense. Unlike precision, one real outlier does not make a large region count.
/// </summary>
internal sealed class Density : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "density";

    /// <inheritdoc/>
    public override string Title => "Density";

    /// <inheritdoc/>
    public override string Paper => "Naeem et al. 2020, Reliable fidelity and diversity metrics for generative models (k = 5)";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => Neighbourhoods.Obstacle(input);

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        double[] around = Array.ConvertAll(input.Neighbourhoods.RealAround, n => n / Neighbourhoods.Ball);
        return [Result(around.Average(), Bootstrap.OfMean(around, input.Seed, Name), input.Sizes)];
    }
}
