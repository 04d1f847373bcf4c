using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GanPipeline.Primitives;

/// <summary>
/// The counter-based generator Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011): 128 random bits from a
/// 128-bit counter and a 64-bit key, without state, so any part of a stream can be had at once. Eight counters are worked on together, one in each lane.
/// </summary>
internal static class Philox
{
    private const uint M0 = 0xD2511F53, M1 = 0xCD9E8D57;
    private const uint W0 = 0x9E3779B9, W1 = 0xBB67AE85;

    /// <summary>Replaces the counter words <paramref name="c0"/> to <paramref name="c3"/> by the random words for <paramref name="key"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Randomize(
        ref Vector256<uint> c0, ref Vector256<uint> c1, ref Vector256<uint> c2, ref Vector256<uint> c3, ulong key)
    {
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (var round = 0; round < 10; round++)
        {
            var (high0, low0) = Multiply(c0, Vector256.Create(M0));
            var (high1, low1) = Multiply(c2, Vector256.Create(M1));
            (c0, c1, c2, c3) = (high1 ^ c1 ^ Vector256.Create(k0), low1, high0 ^ c3 ^ Vector256.Create(k1), low0);
            k0 += W0;
            k1 += W1;
        }
    }

    /// <summary>The upper and lower halves of the 64-bit products, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<uint> High, Vector256<uint> Low) Multiply(Vector256<uint> a, Vector256<uint> b)
    {
        Vector256<ulong> even, odd;
        if (Avx2.IsSupported)
        {
            even = Avx2.Multiply(a, b);
            odd = Avx2.Multiply((a.AsUInt64() >>> 32).AsUInt32(), b);
        }
        else
        {
            var lower = Vector256.Create(0xFFFFFFFFUL);
            even = (a.AsUInt64() & lower) * (b.AsUInt64() & lower);
            odd = (a.AsUInt64() >>> 32) * (b.AsUInt64() >>> 32);
        }

        var oddLanes = Vector256.Create(0xFFFFFFFF00000000UL);
        return (
            Vector256.ConditionalSelect(oddLanes, odd, even >>> 32).AsUInt32(),
            Vector256.ConditionalSelect(oddLanes, odd << 32, even).AsUInt32());
    }
}
