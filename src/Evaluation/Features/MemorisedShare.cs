using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Share of generated samples that are nearer to their nearest training sample than 99 % of the held-out real ones are to theirs. A generator that has learnt
/// the distribution is near 0.01, one that copies a tenth of the time at 0.1 and above. It says nothing about whether the samples are good: noise has 0.
/// </summary>
internal sealed class MemorisedShare : Metric<FeatureComparison>
{
    private const double Tail = 0.01;

    /// <inheritdoc/>
    public override string Name => "memorised-share";

    /// <inheritdoc/>
    public override string Title => "Share of samples suspiciously near to a training sample";

    /// <inheritdoc/>
    public override string Paper => "after Meehan et al. 2020, A non-parametric test to detect data-copying in generative models, section 2";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => input.Training is null || input.HeldOut is null
        ? "the training samples or held-out ones are not known" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        TrainingDistances distances = input.TrainingDistances;
        double[] heldOut = [.. distances.HeldOut.Select(n => n.Distance).Order()];
        double near = heldOut[(int)(Tail * heldOut.Length)];
        double[] memorised = Array.ConvertAll(distances.Generated, n => n.Distance < near ? 1.0 : 0);
        return [Result(memorised.Average(), Bootstrap.OfMean(memorised, input.Seed, Name), $"{distances.Sizes}, {input.Space}")];
    }
}
