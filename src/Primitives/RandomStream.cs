using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GanPipeline.Primitives;

/// <summary>
/// Random numbers one after the other, from a seed of 64 bits. Unlike those of <c>System.Random</c> they are the same on every version of .NET and on every
/// machine; what is drawn is part of the product, so the sequence never changes.
/// </summary>
/// <remarks>
/// The words are those of Philox4x32-10 with the seed as key (low word first), as <see cref="GaussianNoise"/> lays them out: word <c>n</c> is word
/// <c>(n mod 32) / 8</c> of counter <c>8·(n / 32) + n mod 8</c>. Whoever knows the seed knows them, and Philox is no generator of cryptography.
/// </remarks>
/// <param name="seed">The seed of the stream, as <see cref="SeedStream"/> derives one for each purpose.</param>
internal sealed class RandomStream(ulong seed)
{
    private const int GroupSize = 32;

    private readonly uint[] _words = new uint[GroupSize];
    private ulong _group;
    private int _next = GroupSize;

    /// <summary>64 random bits: two words, the low one first.</summary>
    public ulong NextBits()
    {
        if (_next == GroupSize) Refill();
        ulong bits = _words[_next] | ((ulong)_words[_next + 1] << 32);
        _next += 2;
        return bits;
    }

    /// <summary>A whole number from 0 to <paramref name="end"/> - 1, all equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="end"/> is below 1.</exception>
    public int Next(int end)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(end, 1);
        // The upper half of the product (Lemire 2019, "Fast random integer generation in an interval"); what would make some numbers likelier is left out.
        ulong range = (ulong)end, chosen = Math.BigMul(NextBits(), range, out ulong low);
        if (low >= range) return (int)chosen;
        for (ulong least = (0 - range) % range; low < least;) chosen = Math.BigMul(NextBits(), range, out low);
        return (int)chosen;
    }

    /// <summary>A number from 0 to below 1, a multiple of 2^-53.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number from 0 to below 1, a multiple of 2^-24.</summary>
    public float NextSingle() => (NextBits() >> 40) * (1f / (1 << 24));

    /// <summary>Puts values into random order, all orders equally likely.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int left = values.Length; left > 1; left--)
        {
            int chosen = Next(left);
            (values[left - 1], values[chosen]) = (values[chosen], values[left - 1]);
        }
    }

    private void Refill()
    {
        ulong counter = _group++ * 8; // a multiple of 8, so adding the lane carries nothing into the upper word
        Vector256<uint> w0 = Vector256.Create((uint)counter) + Vector256<uint>.Indices, w1 = Vector256.Create((uint)(counter >> 32));
        Vector256<uint> w2 = Vector256<uint>.Zero, w3 = Vector256<uint>.Zero;
        Philox.Randomize(ref w0, ref w1, ref w2, ref w3, seed);
        Span<Vector256<uint>> groups = MemoryMarshal.Cast<uint, Vector256<uint>>(_words.AsSpan());
        (groups[0], groups[1], groups[2], groups[3]) = (w0, w1, w2, w3);
        _next = 0;
    }
}
