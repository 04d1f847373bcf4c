namespace GanPipeline.Training.Data;

/// <summary>
/// Gaussians on a square grid around the origin, from the seed: a set whose modes can be counted. The defaults are the 25 Gaussians of Srivastava et al.
/// 2017 ("VEEGAN", section 4.1) and of Lin et al. 2018 ("PacGAN", section 4.1).
/// </summary>
[Kind("grid")]
internal sealed record GridDataOptions() : ModesDataOptions(deviation: 0.05, train: 100_000)
{
    /// <summary>Gaussians along each side.</summary>
    public int Side { get; set; } = 5;

    /// <summary>Distance between neighbours.</summary>
    public double Spacing { get; set; } = 2;

    /// <inheritdoc/>
    protected override IEnumerable<double> Centres => Enumerable.Range(0, Side * Side).SelectMany(m => new[] { Place(m % Side), Place(m / Side) });

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.That(Side is >= 2 and <= 100, "data.side", "must be between 2 and 100", Side);
        Require.That(Spacing is > 0 and <= 1e6, "data.spacing", "must be above 0 and at most 1000000", Spacing);
    }

    private double Place(int i) => Spacing * (i - (Side - 1) / 2.0);
}
