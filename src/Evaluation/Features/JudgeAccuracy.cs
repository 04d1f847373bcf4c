using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Share of the real samples that the classifier which judges generated ones recognises: what it says about generated samples is worth as much. Real samples
/// that it learnt from (those of the training part) say little.
/// </summary>
internal sealed class JudgeAccuracy : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "classifier-accuracy";

    /// <inheritdoc/>
    public override string Title => "Real samples recognised by the classifier";

    /// <inheritdoc/>
    public override string Paper => "Shmelkov et al. 2018, How good is my GAN?, section 3 (GAN-base)";

    /// <inheritdoc/>
    public override Better Better => Better.Neither;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => input.RealRecognised is null || input.Real.Labels is null
        ? "there is no classifier of the real data's classes" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        double[] hits = [.. input.RealRecognised!.Zip(input.Real.Labels!, (r, l) => r == l ? 1.0 : 0)];
        return [Result(hits.Average(), Bootstrap.OfMean(hits, input.Seed, Name), $"{hits.Length} {input.RealName} samples") with { Data = "real" }];
    }
}
