using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Points;

/// <summary>For points that consist of modes whose centres are known: whether samples are near a centre, and near every one.</summary>
internal static class ModeMetrics
{
    private static readonly Requirement<FeatureComparison> Centres =
        Requirement<FeatureComparison>.That("known modes", c => c.Centres is not null, "the data set has no known modes");

    public static IReadOnlyList<MetricDescriptor<FeatureComparison>> All { get; } =
    [
        new()
        {
            Name = "modes-covered",
            Title = "Modes with a sample near their centre",
            Range = "0 to the number of modes",
            Better = Better.Higher,
            Paper = "Metz et al. 2017, Unrolled generative adversarial networks, section 3.1; " +
                "three deviations as in Srivastava et al. 2017, VEEGAN, section 4.1",
            Needs = [Centres],
            Numbers = (c, _) => [Covered(c)],
        },
        // Share within three standard deviations of the nearest centre. Samples that follow the data in a plane reach 0.989.
        new()
        {
            Name = "high-quality-share",
            Title = "Share of samples near a mode",
            Range = "0 to 1",
            Better = Better.Higher,
            Paper = "Srivastava et al. 2017, VEEGAN: reducing mode collapse in GANs using implicit variational learning, section 4.1",
            Needs = [Centres],
            Numbers = (c, _) => [Measurement.Mean(Array.ConvertAll(c.Centres!.Assign(c.Generated).Near, n => n ? 1.0 : 0),
                $"{c.Generated.Count} generated samples")],
        },
    ];

    private static Measurement Covered(FeatureComparison sets)
    {
        (int[] nearest, bool[] near) = sets.Centres!.Assign(sets.Generated);
        return new Measurement(nearest.Where((_, i) => near[i]).Distinct().Count(),
            $"of {sets.Centres.Points.Length / sets.Generated.Columns} modes, {sets.Generated.Count} generated samples");
    }
}
