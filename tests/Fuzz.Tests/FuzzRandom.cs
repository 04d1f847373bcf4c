using GanPipeline.Primitives;

namespace GanPipeline.Fuzz.Tests;

/// <summary>The choices for one input: a stream of its own, the same on every machine (xorshift64*: Vigna 2016).</summary>
internal sealed class FuzzRandom(ulong seed, ulong input)
{
    private ulong _state = SeedStream.Derive(seed, "fuzz", input) | 1;

    public ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 2685821657736338717;
    }

    /// <summary>From 0 to <paramref name="bound"/> - 1; 0 where that is 0.</summary>
    public int Below(int bound) => bound <= 0 ? 0 : (int)(Next() % (ulong)bound);

    public bool Chance(double probability) => Next() < probability * ulong.MaxValue;

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
