using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TorchSharp;

namespace GanPipeline.Training.Data;

/// <summary>
/// Two interleaved half-circles with Gaussian noise, generated from the seed: the smallest data on which up-sampling can be seen. Class "upper" lies on
/// (cos t, sin t), class "lower" on (1 - cos t, 0.5 - sin t), t uniform in [0, π].
/// </summary>
[Kind("moons")]
internal sealed record MoonsDataOptions : DataOptions
{
    private static readonly string[] Names = ["upper", "lower"];

    /// <summary>Points of class "upper" in the training part.</summary>
    public int Upper { get; set; } = 1000;

    /// <summary>Points of class "lower" in the training part; far fewer make the set imbalanced.</summary>
    public int Lower { get; set; } = 1000;

    /// <summary>Points of each class in the test part, which is balanced.</summary>
    public int Test { get; set; } = 1000;

    /// <summary>Standard deviation of the noise on both coordinates.</summary>
    public double Noise { get; set; } = 0.1;

    /// <inheritdoc/>
    public override bool NeedsPath => false;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.That(Upper is >= 1 and <= 100_000_000, "data.upper", "must be between 1 and 100000000", Upper);
        Require.That(Lower is >= 1 and <= 100_000_000, "data.lower", "must be between 1 and 100000000", Lower);
        Require.That(Test is >= 1 and <= 100_000_000, "data.test", "must be between 1 and 100000000", Test);
        Require.That(Noise is >= 0 and <= 10, "data.noise", "must be between 0 and 10", Noise);
    }

    /// <inheritdoc/>
    public override Dataset Load(string? path, DataSplit split, ulong seed)
    {
        if (path is not null) throw new UserErrorException("the preset generates its data (moons) and reads none; leave --data out.");
        (int upper, int lower) = split == DataSplit.Train ? (Upper, Lower) : (Test, Test);
        float[] points = new float[(upper + lower) * 2];
        long[] labels = new long[upper + lower];
        float[] noise = new float[points.Length];
        GaussianNoise.Fill(SeedStream.Derive(seed, "moons noise", (ulong)split), 0, 2, noise);
        for (int i = 0; i < labels.Length; i++)
        {
            bool isLower = i >= upper;
            double u = (SeedStream.Derive(seed, $"moons angle {split}", (ulong)i) >> 11) * (1.0 / (1UL << 53)), t = Math.PI * u;
            points[2 * i] = (float)((isLower ? 1 - Math.Cos(t) : Math.Cos(t)) + Noise * noise[2 * i]);
            points[2 * i + 1] = (float)((isLower ? 0.5 - Math.Sin(t) : Math.Sin(t)) + Noise * noise[2 * i + 1]);
            labels[i] = isLower ? 1 : 0;
        }
        return new Dataset("moons", Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(points.AsSpan()))),
            torch.tensor(points, [labels.Length, 2]), torch.tensor(labels), Names, new SampleFormat(SampleFormat.Points, [2], 1, 0));
    }
}
