using System.Text;

namespace GanPipeline.Primitives;

/// <summary>
/// Derives the seeds of a run's consumers of randomness from the run's one seed, so that they do not share a stream and adding one does not change another.
/// The values are part of the product (a run is repeatable by its seed), so the derivation never changes: 64-bit FNV-1a of the purpose's UTF-8 bytes, then the
/// finalizer of SplitMix64 (Steele, Lea and Flood, 2014) over seed, purpose and index in turn.
/// </summary>
internal static class SeedStream
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>The seed of stream (<paramref name="seed"/>, <paramref name="purpose"/>, <paramref name="index"/>).</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="purpose">What the randomness is for, for instance <c>"noise"</c>; case matters.</param>
    /// <param name="index">Which of several such consumers: an epoch, a worker, a network.</param>
    public static ulong Derive(ulong seed, string purpose, ulong index = 0)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var b in Encoding.UTF8.GetBytes(purpose))
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        var state = Mix(seed + GoldenGamma);
        state = Mix((state ^ hash) + GoldenGamma);
        return Mix((state ^ index) + GoldenGamma);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
