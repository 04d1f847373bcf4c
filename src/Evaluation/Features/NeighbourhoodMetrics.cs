namespace GanPipeline.Evaluation.Features;

/// <summary>Whether generated samples lie where real ones do, and everywhere where real ones do, without being copies.</summary>
internal static class NeighbourhoodMetrics
{
    private const double Tail = 0.01;
    private static readonly Requirement<FeatureComparison> Enough = new($"more than {Neighbourhoods.Ball} samples on each side", Neighbourhoods.Obstacle);

    public static IReadOnlyList<MetricDescriptor<FeatureComparison>> All { get; } =
    [
        // Share of generated samples within the distance of some real sample to its third nearest real neighbour. Low for samples that look like nothing real.
        new("precision", "Precision", "0 to 1", Better.Higher,
            "Kynkäänniemi et al. 2019, Improved precision and recall metric for assessing generative models (k = 3)",
            Breakdown.None, [Enough], (c, _) => [Measurement.Mean(c.Neighbourhoods.GeneratedInReal, c.Sizes)]),
        // The other direction: low where kinds of real samples are never generated. The interval holds for these generated samples.
        new("recall", "Recall", "0 to 1", Better.Higher,
            "Kynkäänniemi et al. 2019, Improved precision and recall metric for assessing generative models (k = 3)",
            Breakdown.None, [Enough], (c, _) => [Measurement.Mean(c.Neighbourhoods.RealInGenerated, c.Sizes)]),
        // How many real neighbourhoods (to the fifth nearest) a generated sample is in, over the five that it would be in if it were drawn from the real
        // distribution. Unlike precision, one real outlier does not make a large region count.
        new("density", "Density", "0 and above; 1 for the real distribution", Better.Higher,
            "Naeem et al. 2020, Reliable fidelity and diversity metrics for generative models (k = 5)",
            Breakdown.None, [Enough], (c, _) => [Measurement.Mean(Array.ConvertAll(c.Neighbourhoods.RealAround, n => n / Neighbourhoods.Ball), c.Sizes)]),
        // Share of real samples with a generated one in their neighbourhood (to the fifth nearest). Two sets of equal size from one distribution reach 0.97.
        new("coverage", "Coverage", "0 to 1; 0.97 for the real distribution", Better.Higher,
            "Naeem et al. 2020, Reliable fidelity and diversity metrics for generative models (k = 5)",
            Breakdown.None, [Enough], (c, _) => [Measurement.Mean(c.Neighbourhoods.RealCovered, c.Sizes)]),
        // Below about -3 the generator copies training samples; above 3 its samples are further away from them than real ones, so that it underfits.
        new("data-copying", "Distance to the training samples against that of held-out ones (Z)",
            "a standard normal score; around 0 for the real distribution", Better.Neither,
            "Meehan et al. 2020, A non-parametric test to detect data-copying in generative models, section 3 (global test)",
            Breakdown.None, [FeatureNeeds.TrainingAndHeldOut], (c, _) => [DataCopying(c)]),
        // Share of generated samples that are nearer to their nearest training sample than 99 % of the held-out real ones are to theirs: near 0.01 for the
        // real distribution, 0.1 and above where a tenth are copies. It says nothing about whether the samples are good: noise has 0.
        new("memorised-share", "Share of samples suspiciously near to a training sample", "0 to 1; 0.01 for the real distribution", Better.Lower,
            "after Meehan et al. 2020, A non-parametric test to detect data-copying in generative models, section 2",
            Breakdown.None, [FeatureNeeds.TrainingAndHeldOut], (c, _) => [MemorisedShare(c)]),
    ];

    private static Measurement DataCopying(FeatureComparison sets)
    {
        TrainingDistances distances = sets.TrainingDistances;
        double[] generated = Array.ConvertAll(distances.Generated, n => n.Distance), heldOut = Array.ConvertAll(distances.HeldOut, n => n.Distance);
        double n = generated.Length, m = heldOut.Length, deviation = Math.Sqrt((n + m + 1) / (12 * n * m)); // of the share of pairs, were the two alike
        return new Measurement(Z(RankScore.Of(generated, heldOut)), $"{distances.Sizes}, {sets.Space}")
        {
            Interval = (seed, purpose) =>
            {
                return RankScore.Interval(generated, heldOut, seed, purpose) is { } share ? new Interval(Z(share.Low), Z(share.High)) : null;
            },
        };

        double Z(double rank) => (rank - 0.5) / deviation;
    }

    private static Measurement MemorisedShare(FeatureComparison sets)
    {
        TrainingDistances distances = sets.TrainingDistances;
        double[] heldOut = [.. distances.HeldOut.Select(n => n.Distance).Order()];
        double near = heldOut[(int)(Tail * heldOut.Length)];
        return Measurement.Mean(Array.ConvertAll(distances.Generated, n => n.Distance < near ? 1.0 : 0), $"{distances.Sizes}, {sets.Space}");
    }
}
