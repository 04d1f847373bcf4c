using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GanPipeline.Primitives;

/// <summary>
/// Standard normal latents. Element <c>e</c> of sample <c>i</c> depends on the seed, the latent size and <c>i</c> alone, never on how many samples are drawn
/// at once, in which order, by which thread or on which machine, and it has the same bits on every processor.
/// </summary>
/// <remarks>
/// <para>
/// The stream of a seed is a sequence of elements; sample <c>i</c> owns elements <c>i·L</c> to <c>i·L + L - 1</c>, L being the latent size. Element <c>n</c>
/// comes from Philox4x32-10 with the seed as key (low word first): word <c>(n mod 32) / 8</c> of counter <c>8·(n / 32) + n mod 8</c>.
/// </para>
/// <para>
/// A 32-bit word becomes a normal number by the inverse of its distribution function: the lowest bit is the sign, the other 31 bits r give the two-sided tail
/// probability <c>(r + 1/2) / 2^31</c>; |z| reaches 6.3. The inverse is <c>x·P(w)</c> with x = 1 - tail, w = -log(1 - x²), in the manner of Giles
/// ("Approximating the erfinv function", 2010), with polynomials fitted for this purpose; its relative error is below 1e-6. Only correctly rounded operations
/// are used (+, -, ·, /, square root; never a fused multiply-add, never a library's logarithm): that is what makes the bits equal everywhere.
/// </para>
/// </remarks>
internal static class GaussianNoise
{
    private const int GroupSize = 32;

    /// <summary>
    /// Fills <paramref name="destination"/> with the latents of samples <paramref name="firstSample"/>, firstSample + 1, ..., one after the other.
    /// </summary>
    /// <param name="seed">The seed of the stream.</param>
    /// <param name="firstSample">The index of the first sample; with the samples that follow, times <paramref name="latentSize"/>, it must stay below
    /// 2^64.</param>
    /// <param name="latentSize">Numbers per sample, at least 1.</param>
    /// <param name="destination">Row-major [samples, latentSize]; its length must be a multiple of <paramref name="latentSize"/>.</param>
    public static void Fill(ulong seed, ulong firstSample, int latentSize, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(latentSize, 1);
        if (destination.Length % latentSize != 0)
        {
            throw new ArgumentException($"{destination.Length} numbers are no whole number of samples of {latentSize}", nameof(destination));
        }

        if (firstSample > (ulong.MaxValue - (ulong)destination.Length) / (ulong)latentSize)
        {
            throw new ArgumentOutOfRangeException(nameof(firstSample), firstSample, $"samples of {latentSize} numbers end below index 2^64 / {latentSize}");
        }

        FillElements(seed, firstSample * (ulong)latentSize, destination);
    }

    private static void FillElements(ulong seed, ulong element, Span<float> destination)
    {
        var group = element / GroupSize;
        var skip = (int)(element % GroupSize);
        Span<float> partial = stackalloc float[GroupSize];
        if (skip > 0 && destination.Length > 0)
        {
            FillGroup(seed, group++, partial);
            var count = Math.Min(GroupSize - skip, destination.Length);
            partial.Slice(skip, count).CopyTo(destination);
            destination = destination[count..];
        }

        for (; destination.Length >= GroupSize; destination = destination[GroupSize..])
        {
            FillGroup(seed, group++, destination);
        }

        if (destination.Length > 0)
        {
            FillGroup(seed, group, partial);
            partial[..destination.Length].CopyTo(destination);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FillGroup(ulong seed, ulong group, Span<float> destination)
    {
        var counter = group * 8; // a multiple of 8, so adding the lane carries nothing into the upper word
        var w0 = Vector256.Create((uint)counter) + Vector256<uint>.Indices;
        var w1 = Vector256.Create((uint)(counter >> 32));
        var w2 = Vector256<uint>.Zero;
        var w3 = Vector256<uint>.Zero;
        Philox.Randomize(ref w0, ref w1, ref w2, ref w3, seed);
        NormalQuantile.FromBits(w0).CopyTo(destination);
        NormalQuantile.FromBits(w1).CopyTo(destination[8..]);
        NormalQuantile.FromBits(w2).CopyTo(destination[16..]);
        NormalQuantile.FromBits(w3).CopyTo(destination[24..]);
    }
}
