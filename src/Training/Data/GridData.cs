using GanPipeline.Primitives;
using GanPipeline.Training.Config;

namespace GanPipeline.Training.Data;

/// <summary>
/// Gaussians on a square grid around the origin, made from the seed: a set whose modes can be counted. The defaults are the 25 Gaussians of Srivastava et al.
/// 2017 ("VEEGAN", section 4.1) and of Lin et al. 2018 ("PacGAN", section 4.1).
/// </summary>
[Kind("grid")]
public sealed record GridDataOptions : DataOptions
{
    /// <summary>Gaussians along each side.</summary>
    public int Side { get; set; } = 5;

    /// <summary>Distance between neighbours.</summary>
    public double Spacing { get; set; } = 2;

    /// <summary>Standard deviation of each coordinate around its mode.</summary>
    public double Deviation { get; set; } = 0.05;

    /// <summary>Points in the training part.</summary>
    public int Train { get; set; } = 100_000;

    /// <summary>Points in the test part.</summary>
    public int Test { get; set; } = 10_000;

    /// <inheritdoc/>
    public override bool NeedsPath => false;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.That(Side is >= 2 and <= 100, "data.side", "must be between 2 and 100", Side);
        Require.That(Spacing is > 0 and <= 1e6, "data.spacing", "must be above 0 and at most 1000000", Spacing);
        Require.That(Deviation is >= 0 and <= 1e6, "data.deviation", "must be between 0 and 1000000", Deviation);
        Require.That(Train is >= 1 and <= 100_000_000, "data.train", "must be between 1 and 100000000", Train);
        Require.That(Test is >= 1 and <= 100_000_000, "data.test", "must be between 1 and 100000000", Test);
    }

    /// <inheritdoc/>
    public override Dataset Load(string? path, DataSplit split, ulong seed)
    {
        if (path is not null) throw new UserErrorException("the preset makes its data (grid) and reads none; leave --data out.");
        float Place(int i) => (float)(Spacing * (i - (Side - 1) / 2.0));
        float[] centres = [.. Enumerable.Range(0, Side * Side).SelectMany(m => new[] { Place(m % Side), Place(m / Side) })];
        return new PointModes(centres, Deviation).Draw("grid", split == DataSplit.Train ? Train : Test, split, seed);
    }
}
