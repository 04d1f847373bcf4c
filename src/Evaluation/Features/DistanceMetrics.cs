namespace GanPipeline.Evaluation.Features;

/// <summary>How far generated samples are from real ones as a whole.</summary>
internal static class DistanceMetrics
{
    public static IReadOnlyList<MetricDescriptor<FeatureComparison>> All { get; } =
    [
        new("frechet-distance", "Fréchet distance", "0 and above, in squared units of the features", Better.Lower,
            "Heusel et al. 2017, GANs trained by a two time-scale update rule converge to a local Nash equilibrium, equation 6",
            Breakdown.None, [new("2 samples on each side", c => FeatureNeeds.Fewest(c) > 1 ? null : "it needs at least 2 samples on each side")],
            FrechetDistance.Measure),
        new("frechet-distance-unbiased", "Fréchet distance, extrapolated to infinitely many samples",
            "around 0 and above, in squared units of the features", Better.Lower,
            "Chong and Forsyth 2020, Effectively unbiased FID and inception score and where to find them, section 4",
            Breakdown.None, [new("20 samples a feature on each side", ExtrapolatedFrechetDistance.TooFew)], ExtrapolatedFrechetDistance.Measure),
        new("kernel-distance", "Kernel distance", "around 0 and above", Better.Lower,
            "Bińkowski et al. 2018, Demystifying MMD GANs, section 4; estimator of Gretton et al. 2012, lemma 6",
            Breakdown.None, [FeatureNeeds.Samples(2 * KernelDistance.Blocks)], KernelDistance.Measure),
        new("class-distance", "Fréchet distance within a class", "0 and above, in squared units of the features", Better.Lower,
            "Miyato and Koyama 2018, cGANs with projection discriminator, section 4 (intra-class FID)",
            Breakdown.Classes, [FeatureNeeds.Classes], (c, _) => WithinClasses(c)),
        new("two-sample-test", "Accuracy of telling generated from real samples", "0 to 1; 0.5 where they cannot be told apart", Better.Lower,
            "Lopez-Paz and Oquab 2017, Revisiting classifier two-sample tests",
            Breakdown.None, [new($"{TellingApart.Fewest} samples on each side", c => TellingApart.Obstacle(c.Generated.Count, c.Real.Count))],
            (c, _) => [TellingApart.Measure(c.Generated, c.Real, c.Seed, "samples", $", {c.Space}")]),
    ];

    /// <summary>
    /// The distance within each class, between the samples asked for as it and the real ones of it, and the mean over the classes. It sees a class that is poor
    /// or lacks variety although all samples together look fine. Biased upwards as every Fréchet distance, the more so since a class has fewer samples.
    /// </summary>
    private static IEnumerable<Measurement> WithinClasses(FeatureComparison sets)
    {
        Measurement[] classes = [.. sets.ClassNames.Select((name, c) =>
        {
            FeatureSet generated = sets.Generated.OfClass(c), real = sets.Real.OfClass(c);
            double distance = Math.Min(generated.Count, real.Count) < 2 ? double.NaN : FrechetDistance.Between(generated, real);
            return new Measurement(distance, $"{generated.Count} generated against {real.Count} {sets.RealName} samples, {sets.Space}") { Class = name };
        })];
        double[] known = [.. classes.Select(r => r.Value).Where(double.IsFinite)];
        return classes.Prepend(new Measurement(known.Length > 0 ? known.Average() : double.NaN,
            $"mean of {known.Length} of {classes.Length} classes, {sets.Sizes}"));
    }
}
