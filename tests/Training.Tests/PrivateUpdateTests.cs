using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Updates;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class PrivateUpdateTests
{
    private const string Private = """
        system: private
        data: { kind: moons, upper: 200, lower: 200, noise: 0.1 }
        latent: 4
        batch: 40
        epochs: 2
        sampling: poisson
        update: { scheme: private, clip_norm: 0.5, noise_multiplier: 1 }
        generator: { network: mlp, hidden: [16] }
        discriminator: { network: mlp, hidden: [16] }
        threads: 1
        """;

    private static RunOptions Options(params string[] overrides) => Preset.Parse(Private, "private.yaml", null, overrides);

    /// <summary>What ε rests on: one row more or less changes the sum that D is trained on by the clipping norm at most.</summary>
    [Theory]
    [InlineData(0.01, true)] // binds for every row
    [InlineData(1000, false)] // for none
    public void OneRowChangesTheGradientByTheClippingNormAtMost(double clip, bool binds)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor rows = randn(12, 2);
        float[] all = Gradient(rows, clip), without = Gradient(rows.narrow(0, 0, 11), clip);
        double change = Math.Sqrt(all.Zip(without, (a, b) => (double)(a - b) * (a - b)).Sum()) * 40; // 40: the batch that is expected
        if (binds) Assert.Equal(clip, change, clip * 1e-3);
        else Assert.InRange(change, 1e-3, clip / 10);
    }

    [Fact]
    public void AnEmptyBatchIsAStepToo()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.All(Gradient(randn(1, 2).narrow(0, 0, 0), 1), g => Assert.True(float.IsFinite(g)));
    }

    [Fact]
    public void TheNoiseIsAsLargeAsSaid()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor none = randn(1, 2).narrow(0, 0, 0);
        float[] quiet = Gradient(none, 0.5), loud = Gradient(none, 0.5, noise: 1);
        Assert.All(quiet.Zip(loud), pair => Assert.Equal(0.5 * 2 / 40, pair.Second - pair.First, 1e-6)); // C σ / batch, where the draws give 1
    }

    /// <summary>libtorch's generator takes 32 bits of a seed, which can be tried out.</summary>
    [Fact]
    public void TheNoiseAndTheRowsOfAStepComeFromAllBitsOfTheSeed()
    {
        using DisposeScope scope = NewDisposeScope();
        RunOptions options = Options("seed=12345678901234567890");
        using Dataset data = options.Data.Load(null, DataSplit.Train, 1);
        using var draws = new SeededDraws(options, data);
        draws.Begin(3);
        float[] first = Noise(20_000), second = Noise(20_000), sums = new float[4 * 40_000];
        GaussianNoise.Fill(SeedStream.Derive(options.Seed, "privacy noise", 3), 0, 4, sums);
        Assert.Equal(Enumerable.Range(0, 40_000).Select(i => (float)((sums[4 * i] + (double)sums[4 * i + 1] + sums[4 * i + 2] + sums[4 * i + 3]) / 2)),
            first.Concat(second));
        Assert.Equal(0, first.Average(), 0.03f);
        Assert.Equal(1, first.Average(n => n * n), 0.05f);
        draws.Begin(4);
        float[] next = Noise(20_000);
        draws.Begin(3);
        Assert.Equal(first, Noise(20_000));
        Assert.NotEqual(first, next);

        using var sampler = new BatchSampler(data, options);
        var random = new RandomStream(SeedStream.Derive(options.Seed, "poisson", 5));
        Assert.Equal(Enumerable.Range(0, 400).Where(_ => random.NextDouble() < 0.1).Select(row => (long)row), sampler.Index(5).data<long>().ToArray());
        Assert.Equal(40, Enumerable.Range(0, 500).Average(batch => sampler.Index(batch).numel()), 1.5);

        float[] Noise(int count) => draws.PrivacyNoise(count).data<float>().ToArray();
    }

    [Fact]
    public void BatchesOfDifferentSizesAreLogged()
    {
        RunOptions options = Options();
        using Dataset data = options.Data.Load(null, DataSplit.Train, 1);
        using var trainer = new Trainer(options, data, CPU);
        for (int step = 0; step < 5; step++) trainer.TakeStep();
        GanPipeline.Training.Metrics.StepMeans means = trainer.TakeMeans();
        Assert.All([means.RealScore, means.FakeScore, means.DiscriminatorAccuracy], mean => Assert.InRange(mean, 0, 1));
    }

    /// <summary>A generator file then cannot hold one either.</summary>
    [Fact]
    public void ATableWithoutAnchorsHandsNoRealRowToItsGenerator()
    {
        Tables.Table table = Tables.TableReader.Read(new StringReader("x,class\n1.5,a\n2.5,b\n3.5,a\n"), "t.csv", "");
        Tables.TableSchema schema = Tables.TableSchema.Infer(table, "class");
        using Dataset without = new TableDataOptions { Anchors = 0 }.Load(table, schema), with = new TableDataOptions { Anchors = 10 }.Load(table, schema);
        Assert.Null(without.Format.Anchors);
        Assert.NotNull(with.Format.Anchors);
    }

    /// <summary>
    /// D's gradient in its first step on those rows; the draws give <paramref name="noise"/> wherever a normal number is asked for by D's noise, and 0 else.
    /// </summary>
    private static float[] Gradient(Tensor rows, double clip, float noise = 0)
    {
        RunOptions options = Options(FormattableString.Invariant($"update.clip_norm={clip}"), "update.noise_multiplier=2", "discriminator_optimizer.beta1=0.5");
        using Dataset data = options.Data.Load(null, DataSplit.Train, 1);
        using var trainer = new Trainer(options, data, CPU);
        trainer.TakeStep(new FixedDraws(new RealBatch(rows, zeros(rows.shape[0], int64)), noise));
        return Array.ConvertAll(trainer.Save().Tensors["discriminator.adam.first"], m => m / 0.5f); // Adam's first moment is then (1 - beta1) · gradient
    }

    private sealed class FixedDraws(RealBatch batch, float noise) : Draws
    {
        public override RealBatch Real() => batch;

        public override Tensor Normal(params long[] shape) => full(shape, shape.Length == 1 ? noise : 0f);

        public override Tensor Uniform(params long[] shape) => zeros(shape);
    }

    [Theory]
    [InlineData("sampling=shuffle", "update private counts on 'sampling: poisson', by which each row is drawn by itself")]
    [InlineData("objective=relativistic", "update private shows D one real row at a time, and the objective relativistic compares rows")]
    [InlineData("regularizers=[{ name: r1 }]", "nothing else may look at real rows")]
    [InlineData("regularizers=[{ name: gradient_penalty }]", "nothing else may look at real rows")]
    public void WhatWouldLookAtRealRowsIsRefused(string change, string why) =>
        Assert.Contains(why, Assert.Throws<UserErrorException>(() => Options(change)).Message);

    [Fact]
    public void PoissonBatchesWithoutIt()
    {
        string alternating = Private.Replace("update: { scheme: private, clip_norm: 0.5, noise_multiplier: 1 }", "update: { scheme: alternating }",
            StringComparison.Ordinal);
        var error = Assert.Throws<UserErrorException>(() => Preset.Parse(alternating, "alternating.yaml"));
        Assert.Contains("sampling poisson makes batches of different sizes", error.Message);
    }
}
