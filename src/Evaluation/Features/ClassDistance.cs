using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Fréchet distance within each class, between the samples asked for as it and the real ones of it, and the mean over the classes. It sees a class that is
/// poor or lacks variety although all samples together look fine. Biased upwards as every Fréchet distance, the more so since a class has fewer samples.
/// </summary>
internal sealed class ClassDistance : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "class-distance";

    /// <inheritdoc/>
    public override string Title => "Fréchet distance within a class";

    /// <inheritdoc/>
    public override string Paper => "Miyato and Koyama 2018, cGANs with projection discriminator, section 4 (intra-class FID)";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => input.ClassNames.Count > 0 && input.Generated.Labels is not null
        && input.Real.Labels is not null ? null
        : "the samples have no classes";

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        var classes = new List<MetricResult>();
        for (int c = 0; c < input.ClassNames.Count; c++)
        {
            FeatureSet generated = input.Generated.OfClass(c), real = input.Real.OfClass(c);
            double distance = Math.Min(generated.Count, real.Count) < 2 ? double.NaN : FrechetDistance.Between(generated, real);
            classes.Add(Result(distance, null, $"{generated.Count} generated against {real.Count} {input.RealName} samples, {input.Space}",
                input.ClassNames[c]));
        }
        double[] known = [.. classes.Select(r => r.Value).Where(double.IsFinite)];
        string sample = $"mean of {known.Length} of {classes.Count} classes, {input.Sizes}";
        return [Result(known.Length > 0 ? known.Average() : double.NaN, null, sample), .. classes];
    }
}
