using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>How far generated samples are from real ones as a whole.</summary>
internal static class DistanceMetrics
{
    public static IReadOnlyList<MetricDescriptor<FeatureComparison>> All { get; } =
    [
        new()
        {
            Name = "frechet-distance",
            Title = "Fréchet distance",
            Range = "0 and above, in squared units of the features",
            Better = Better.Lower,
            Paper = "Heusel et al. 2017, GANs trained by a two time-scale update rule converge to a local Nash equilibrium, equation 6",
            Needs = [new("2 samples on each side", c => FeatureNeeds.Fewest(c) > 1 ? null : "it needs at least 2 samples on each side")],
            Numbers = FrechetDistance.Measure,
        },
        new()
        {
            Name = "frechet-distance-unbiased",
            Title = "Fréchet distance, extrapolated to infinitely many samples",
            Range = "around 0 and above, in squared units of the features",
            Better = Better.Lower,
            Paper = "Chong and Forsyth 2020, Effectively unbiased FID and inception score and where to find them, section 4",
            Needs = [new("20 samples a feature on each side", ExtrapolatedFrechetDistance.TooFew)],
            Numbers = ExtrapolatedFrechetDistance.Measure,
        },
        new()
        {
            Name = "kernel-distance",
            Title = "Kernel distance",
            Range = "around 0 and above",
            Better = Better.Lower,
            Paper = "Bińkowski et al. 2018, Demystifying MMD GANs, section 4; estimator of Gretton et al. 2012, lemma 6",
            Needs = [FeatureNeeds.Samples(2 * KernelDistance.Blocks)],
            Numbers = KernelDistance.Measure,
        },
        new()
        {
            Name = "class-distance",
            Title = "Fréchet distance within a class",
            Range = "0 and above, in squared units of the features",
            Better = Better.Lower,
            Paper = "Miyato and Koyama 2018, cGANs with projection discriminator, section 4 (intra-class FID)",
            By = Breakdown.Classes,
            Needs = [FeatureNeeds.Classes],
            Numbers = (c, _) => WithinClasses(c),
        },
        new()
        {
            Name = "two-sample-test",
            Title = "Accuracy of telling generated from real samples",
            Range = "0 to 1; 0.5 where they cannot be told apart",
            Better = Better.Lower,
            Paper = "Lopez-Paz and Oquab 2017, Revisiting classifier two-sample tests",
            Needs = [new($"{TellingApart.Fewest} samples on each side", c => TellingApart.Obstacle(c.Generated.Count, c.Real.Count))],
            Numbers = (c, _) => [TellingApart.Measure(c.Generated, c.Real, c.Seed, "samples", $", {c.Space}")],
        },
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
