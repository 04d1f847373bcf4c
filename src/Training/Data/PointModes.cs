using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TorchSharp;

namespace GanPipeline.Training.Data;

/// <summary>
/// The modes of a set of 2-D points: where they are, and how far points lie from them. A generator covers a mode if it generates points near it; a point is of
/// high quality if it lies within three deviations of a mode (Srivastava et al. 2017, "VEEGAN", section 4.1).
/// </summary>
/// <param name="Centres">[modes × 2] x and y of each mode, in data units.</param>
/// <param name="Deviation">Standard deviation of each coordinate around its mode, in data units.</param>
internal sealed record PointModes(float[] Centres, double Deviation)
{
    /// <summary>Number of modes.</summary>
    public int Count => Centres.Length / 2;

    /// <summary>
    /// Points around the modes, as many at each as at any other (the first ones have one more where the count is no multiple), without classes. Network units
    /// are such that the mean square of the centres' coordinates is 1.
    /// </summary>
    internal Dataset Draw(string name, int count, DataSplit split, ulong seed)
    {
        float[] points = new float[2 * count];
        GaussianNoise.Fill(SeedStream.Derive(seed, $"{name} noise", (ulong)split), 0, 2, points);
        for (int i = 0; i < points.Length; i++) points[i] = (float)(Centres[i % Centres.Length] + Deviation * points[i]);
        double scale = Math.Sqrt(Centres.Sum(c => (double)c * c) / Centres.Length);
        return new Dataset(name, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(points.AsSpan()))), torch.tensor(points, [count, 2]),
            null, [], new SampleFormat(SampleFormat.Points, [2], scale, 0))
        { Modes = this };
    }
}
