using GanPipeline.Primitives;
using GanPipeline.Training.Config;

namespace GanPipeline.Training.Data;

/// <summary>
/// Gaussians at equal distances on a circle, made from the seed: a set whose modes can be counted. The defaults are the eight Gaussians of Metz et al. 2017
/// ("Unrolled generative adversarial networks", section 3.2).
/// </summary>
[Kind("ring")]
public sealed record RingDataOptions : DataOptions
{
    /// <summary>Number of Gaussians; the first is at (radius, 0).</summary>
    public int Modes { get; set; } = 8;

    /// <summary>Radius of the circle.</summary>
    public double Radius { get; set; } = 2;

    /// <summary>Standard deviation of each coordinate around its mode.</summary>
    public double Deviation { get; set; } = 0.02;

    /// <summary>Points in the training part.</summary>
    public int Train { get; set; } = 20_000;

    /// <summary>Points in the test part.</summary>
    public int Test { get; set; } = 10_000;

    /// <inheritdoc/>
    public override bool NeedsPath => false;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.That(Modes is >= 2 and <= 10_000, "data.modes", "must be between 2 and 10000", Modes);
        Require.That(Radius is > 0 and <= 1e6, "data.radius", "must be above 0 and at most 1000000", Radius);
        Require.That(Deviation is >= 0 and <= 1e6, "data.deviation", "must be between 0 and 1000000", Deviation);
        Require.That(Train is >= 1 and <= 100_000_000, "data.train", "must be between 1 and 100000000", Train);
        Require.That(Test is >= 1 and <= 100_000_000, "data.test", "must be between 1 and 100000000", Test);
    }

    /// <inheritdoc/>
    public override Dataset Load(string? path, DataSplit split, ulong seed)
    {
        if (path is not null) throw new UserErrorException("the preset makes its data (ring) and reads none; leave --data out.");
        float[] centres = [.. Enumerable.Range(0, Modes).Select(m => 2 * Math.PI * m / Modes)
            .SelectMany(angle => new[] { (float)(Radius * Math.Cos(angle)), (float)(Radius * Math.Sin(angle)) })];
        return new PointModes(centres, Deviation).Draw("ring", split == DataSplit.Train ? Train : Test, split, seed);
    }
}
