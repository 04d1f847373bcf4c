namespace GanPipeline.Training.Data;

/// <summary>
/// Gaussians at equal distances on a circle, from the seed: a set whose modes can be counted. The defaults are the eight Gaussians of Metz et al. 2017
/// ("Unrolled generative adversarial networks", section 3.2).
/// </summary>
[Kind("ring")]
internal sealed record RingDataOptions() : ModesDataOptions(deviation: 0.02, train: 20_000)
{
    /// <summary>Number of Gaussians; the first is at (radius, 0). One without deviation is the point of the Dirac-GAN (Mescheder et al. 2018, section
    /// 2).</summary>
    public int Modes { get; set; } = 8;

    /// <summary>Radius of the circle.</summary>
    public double Radius { get; set; } = 2;

    /// <inheritdoc/>
    protected override IEnumerable<double> Centres => Enumerable.Range(0, Modes).Select(m => 2 * Math.PI * m / Modes)
        .SelectMany(angle => new[] { Radius * Math.Cos(angle), Radius * Math.Sin(angle) });

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.That(Modes is >= 1 and <= 10_000, "data.modes", "must be between 1 and 10000", Modes);
        Require.That(Radius is > 0 and <= 1e6, "data.radius", "must be above 0 and at most 1000000", Radius);
    }
}
