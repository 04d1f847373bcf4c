using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;

namespace GanPipeline.Primitives.Tests;

public class RandomnessTests
{
    /// <summary>The known answers that the authors of Philox publish with their library.</summary>
    [Theory]
    [InlineData(0, 0, 0, 0, 0UL, 0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)]
    [InlineData(0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)]
    [InlineData(0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0x299F31D0A4093822, 0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)]
    public void Philox_gives_the_published_answers(uint c0, uint c1, uint c2, uint c3, ulong key, uint r0, uint r1, uint r2, uint r3)
    {
        var (v0, v1, v2, v3) = (Vector256.Create(c0), Vector256.Create(c1), Vector256.Create(c2), Vector256.Create(c3));
        Philox.Randomize(ref v0, ref v1, ref v2, ref v3, key);
        Assert.Equal((Vector256.Create(r0), Vector256.Create(r1), Vector256.Create(r2), Vector256.Create(r3)), (v0, v1, v2, v3));
    }

    [Fact]
    public void Noise_is_the_same_however_it_is_cut()
    {
        var triples = ArbMap.Default.GeneratorFor<(ulong Seed, ushort First, byte Latent, byte Samples, byte Cut)>();
        Prop.ForAll(triples.ToArbitrary(), t =>
        {
            var latent = t.Latent + 1;
            var whole = new float[t.Samples * latent];
            GaussianNoise.Fill(t.Seed, t.First, latent, whole);
            var cut = t.Samples == 0 ? 0 : t.Cut % t.Samples;
            var parts = new float[whole.Length];
            GaussianNoise.Fill(t.Seed, (ulong)(t.First + cut), latent, parts.AsSpan(cut * latent));
            GaussianNoise.Fill(t.Seed, t.First, latent, parts.AsSpan(0, cut * latent));
            return whole.AsSpan().SequenceEqual(parts);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Noise_has_the_recorded_bits()
    {
        // Recorded on x86-64; any other processor must give the same, or generated files would depend on the machine.
        var noise = new float[1000 * 7];
        GaussianNoise.Fill(42, 12_345_678_901, 7, noise);
        var hash = 0xCBF29CE484222325;
        foreach (var value in noise)
        {
            hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 0x100000001B3;
        }

        Assert.Equal(12228262824752155853, hash);
    }

    /// <summary>Folds, neighbours and orders rest on them: neither a machine nor a version of .NET may change them.</summary>
    [Fact]
    public void A_random_stream_has_the_recorded_numbers()
    {
        Assert.Equal(0x6627E8D5u, (uint)new RandomStream(0).NextBits()); // Philox's published answer for a counter and a key of 0
        var stream = new RandomStream(42);
        var order = Enumerable.Range(0, 10).ToArray();
        stream.Shuffle<int>(order);
        Assert.Equal([0, 8, 4, 5, 3, 1, 7, 2, 6, 9], order); // these, too, by Philox as its authors describe it, written anew in another language
        Assert.Equal([586, 51, 90, 454, 379], Enumerable.Range(0, 5).Select(_ => stream.Next(1000)));
        Assert.Equal(0.04060673882153809, stream.NextDouble());
        Assert.Equal(0.18132716417312622f, stream.NextSingle());
    }

    [Fact]
    public void A_random_stream_is_uniform_and_its_seed_has_64_bits()
    {
        var stream = new RandomStream(7);
        var counts = new int[7];
        double sum = 0, squares = 0;
        for (var i = 0; i < 700_000; i++)
        {
            counts[stream.Next(7)]++;
            var u = stream.NextDouble();
            Assert.True(u is >= 0 and < 1 && stream.NextSingle() is >= 0 and < 1);
            (sum, squares) = (sum + u, squares + u * u);
        }

        Assert.All(counts, n => Assert.InRange(n, 98_800, 101_200)); // four deviations
        Assert.Equal(0.5, sum / 700_000, 0.002);
        Assert.Equal(1 / 3.0, squares / 700_000, 0.002);
        var orders = new Dictionary<string, int>();
        for (var i = 0; i < 24_000; i++)
        {
            var letters = "abcd".ToCharArray();
            stream.Shuffle<char>(letters);
            orders[new string(letters)] = orders.GetValueOrDefault(new string(letters)) + 1;
        }

        Assert.Equal(24, orders.Count);
        Assert.All(orders.Values, n => Assert.InRange(n, 870, 1130));
        Assert.NotEqual(new RandomStream(1).NextBits(), new RandomStream(1 + (1UL << 32)).NextBits());
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Next(0));
    }

    [Fact]
    public void Noise_is_standard_normal()
    {
        var noise = new float[4_000_000];
        GaussianNoise.Fill(7, 0, 100, noise);
        double m1 = 0, m2 = 0, m3 = 0, m4 = 0, lag = 0;
        var beyond = new int[6];
        for (var i = 0; i < noise.Length; i++)
        {
            double z = noise[i];
            (m1, m2, m3, m4) = (m1 + z, m2 + z * z, m3 + z * z * z, m4 + z * z * z * z);
            lag += i > 0 ? z * noise[i - 1] : 0;
            for (var k = 1; k < 6 && Math.Abs(z) > k; k++)
            {
                beyond[k]++;
            }
        }

        // Five standard errors of each estimate.
        var n = (double)noise.Length;
        Assert.Equal(0, m1 / n, 5 / Math.Sqrt(n));
        Assert.Equal(1, m2 / n, 5 * Math.Sqrt(2 / n));
        Assert.Equal(0, m3 / n, 5 * Math.Sqrt(15 / n));
        Assert.Equal(3, m4 / n, 5 * Math.Sqrt(96 / n));
        Assert.Equal(0, lag / n, 5 / Math.Sqrt(n));
        double[] tails = [1, 0.31731050786, 0.04550026390, 0.00269979606, 6.334248367e-5, 5.733031438e-7];
        for (var k = 1; k < 6; k++)
        {
            Assert.Equal(tails[k] * n, beyond[k], 5 * Math.Sqrt(tails[k] * n) + 1);
        }
    }

    /// <summary>Words, and the normal numbers whose two-sided tail probability they stand for (from 30-digit arithmetic).</summary>
    [Theory]
    [InlineData(0x00000000u, 6.33795775455)]
    [InlineData(0x00000001u, -6.33795775455)]
    [InlineData(0x80000000u, 0.67448974983)]
    [InlineData(0x40000000u, 1.15034937981)]
    [InlineData(0x00100000u, 3.66832904124)]
    [InlineData(0x001A36E2u, 3.54008378667)]
    [InlineData(0xFFFFFFFEu, 2.91809937292e-10)]
    public void A_word_becomes_its_quantile(uint word, double expected)
    {
        var z = NormalQuantile.FromBits(Vector256.Create(word))[0];
        Assert.Equal(0, (z - expected) / expected, 2e-6);
    }

    [Fact]
    public void Samples_beyond_the_end_of_the_stream_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianNoise.Fill(0, ulong.MaxValue / 4, 8, new float[8]));
        Assert.Throws<ArgumentException>(() => GaussianNoise.Fill(0, 0, 8, new float[9]));
    }

    [Fact]
    public void Seeds_of_different_consumers_differ()
    {
        var seeds = from seed in new ulong[] { 0, 1, 2, ulong.MaxValue }
                    from purpose in new[] { "noise", "Noise", "init", "" }
                    from index in new ulong[] { 0, 1, 2, 1UL << 63 }
                    select SeedStream.Derive(seed, purpose, index);
        var all = seeds.ToList();
        Assert.Equal(64, all.Distinct().Count());
        Assert.All(all, s => Assert.InRange(System.Numerics.BitOperations.PopCount(s), 12, 52));
    }

    [Fact]
    public void The_derivation_of_seeds_never_changes() =>
        Assert.Equal((8385270331006057605UL, 14902426203941142282UL), (SeedStream.Derive(1, "noise"), SeedStream.Derive(0, "init", 3)));
}
