using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Whether generated samples are nearer to the training samples than held-out real ones are: the Mann-Whitney statistic of the two sets of distances as a
/// standard normal score. Around 0 for a generator that has learnt the distribution; below about -3 it copies training samples, above 3 its samples are
/// further away from them than real ones, so that it underfits.
/// </summary>
internal sealed class DataCopying : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "data-copying";

    /// <inheritdoc/>
    public override string Title => "Distance to the training samples against that of held-out ones (Z)";

    /// <inheritdoc/>
    public override string Paper => "Meehan et al. 2020, A non-parametric test to detect data-copying in generative models, section 3 (global test)";

    /// <inheritdoc/>
    public override Better Better => Better.Neither;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => input.Training is null || input.HeldOut is null
        ? "the training samples or held-out ones are not known" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        TrainingDistances distances = input.TrainingDistances;
        double[] generated = Array.ConvertAll(distances.Generated, n => n.Distance), heldOut = Array.ConvertAll(distances.HeldOut, n => n.Distance);
        double n = generated.Length, m = heldOut.Length, deviation = Math.Sqrt((n + m + 1) / (12 * n * m)); // of the share of pairs, were the two alike
        Interval share = RankScore.Interval(generated, heldOut, input.Seed, Name);
        return [Result(Z(RankScore.Of(generated, heldOut)), new Interval(Z(share.Low), Z(share.High)), $"{distances.Sizes}, {input.Space}")];

        double Z(double rank) => (rank - 0.5) / deviation;
    }
}
