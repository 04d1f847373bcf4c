using GanPipeline.Evaluation.Features;

namespace GanPipeline.Evaluation.Points;

/// <summary>For points that consist of modes whose centres are known: whether samples are near a centre, and near every one.</summary>
internal static class ModeMetrics
{
    private static readonly Requirement<FeatureComparison> Centres =
        Requirement<FeatureComparison>.That("known modes", c => c.Centres is not null, "the data set has no known modes");

    public static IReadOnlyList<MetricDescriptor<FeatureComparison>> All { get; } =
    [
        new("modes-covered", "Modes with a sample near their centre", "0 to the number of modes", Better.Higher,
            "Metz et al. 2017, Unrolled generative adversarial networks, section 3.1; " +
                "three deviations as in Srivastava et al. 2017, VEEGAN, section 4.1",
            Breakdown.None, [Centres], (c, _) => [Covered(c)]),
        // Share within three standard deviations of the nearest centre. Samples that follow the data in a plane reach 0.989.
        new("high-quality-share", "Share of samples near a mode", "0 to 1", Better.Higher,
            "Srivastava et al. 2017, VEEGAN: reducing mode collapse in GANs using implicit variational learning, section 4.1",
            Breakdown.None, [Centres], (c, _) => [Measurement.Mean(Array.ConvertAll(c.Centres!.Assign(c.Generated).Near, n => n ? 1.0 : 0),
                $"{c.Generated.Count} generated samples")]),
    ];

    private static Measurement Covered(FeatureComparison sets)
    {
        (int[] nearest, bool[] near) = sets.Centres!.Assign(sets.Generated);
        return new Measurement(nearest.Where((_, i) => near[i]).Distinct().Count(),
            $"of {sets.Centres.Points.Length / sets.Generated.Columns} modes, {sets.Generated.Count} generated samples");
    }
}
