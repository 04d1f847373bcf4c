using GanPipeline.Evaluation.Images;
using TorchSharp;

namespace GanPipeline.Evaluation.Tests;

/// <summary>Ways of training a classifier on images of which some classes are rare.</summary>
public sealed class ImageMethodTests
{
    private static readonly ImageShape Shape = new(1, 12, 12);

    /// <summary>(1 - β) / (1 - βⁿ), scaled to a mean of 1 (Cui et al. 2019, equation 10).</summary>
    [Fact]
    public void LossesAreWeightedByTheEffectiveNumber()
    {
        float[] weights = ImageMethods.EffectiveWeights([10_000, 1, 0]);
        Assert.Equal(2, weights.Sum(), 1e-6);
        Assert.Equal((1 - Math.Pow(0.9999, 10_000)) / (1 - 0.9999), weights[1] / weights[0], 1e-6 * 6321);
        Assert.Equal(0, weights[2]);
        Assert.Equal([1, 1], ImageMethods.EffectiveWeights([50, 50]));
    }

    [Fact]
    public void ChangedImagesShowTheSameAndOnlyMirroredOnesChangeSides()
    {
        // Bright on the left third, dark elsewhere.
        byte[] pixels = [.. Enumerable.Range(0, 40).SelectMany(_ => Enumerable.Range(0, Shape.Size).Select(p => (byte)(p % 12 < 4 ? 240 : 10)))];
        using torch.Tensor images = torch.tensor(pixels, [40, 1, 12, 12]).to_type(torch.float32);
        float[] kept = Change(images, mirrors: false, 1), again = Change(images, mirrors: false, 1), mirrored = Change(images, mirrors: true, 1);
        Assert.Equal(kept, again);
        Assert.NotEqual(kept, Change(images, mirrors: false, 2));
        Assert.All(kept, v => Assert.InRange(v, 10 - 0.01f, 240 + 0.01f)); // nothing comes in from outside
        Assert.All(kept.Chunk(Shape.Size), image => Assert.True(Left(image) > Left([.. image.Reverse()])));
        Assert.InRange(mirrored.Chunk(Shape.Size).Count(image => Left(image) > Left([.. image.Reverse()])), 8, 32);
        Assert.True(kept.Chunk(Shape.Size).Select(image => string.Join(' ', image)).Distinct().Count() > 30); // each by itself
    }

    [Fact]
    public void MethodsTrainOnWhatTheySayAndDecideAsTheySay()
    {
        ImageSet train = Noisy(300, 12, 1), test = Noisy(200, 200, 2);
        var asked = new List<long[]>();
        var methods = new ImageMethods(train, 2, labels =>
        {
            asked.Add(labels);
            ImageSet rare = Noisy(0, labels.Length, 3);
            return new ImageSet(rare.Pixels, Shape, labels);
        }, new ImageChanges(Mirrors: false), steps: 30, seed: 5, CancellationToken.None);

        Dictionary<string, long[]> seen = ImageMethod.All.ToDictionary(m => m.Name, m => methods.Predict(m, test));
        Assert.Equal([63, 288, 288], asked.Select(labels => labels.Length)); // a quarter of 300 lacks 63 beside 12, and all of it 288
        Assert.All(asked.SelectMany(labels => labels), label => Assert.Equal(1, label));
        Assert.Equal([300L, 300L], methods.Trained(ImageMethod.Repeated));
        Assert.Equal([300L, 75L], methods.Trained(ImageMethod.All.Single(m => m.Generated == 0.25)));
        // The same classifier: what it takes for rare stays so, and more is.
        Assert.All(seen["as it is"].Zip(seen["moved logits"]), pair => Assert.True(pair.First <= pair.Second));
        Assert.True(seen["as it is"].Sum() < seen["moved logits"].Sum(), $"{seen["as it is"].Sum()} and {seen["moved logits"].Sum()} of 400");
        Assert.NotEqual(seen["random over-sampling"], seen["random over-sampling, shifted, turned"]);
        Assert.NotEqual(seen["as it is"], seen["class-balanced loss"]);
        foreach (string key in new[] { "moved logits", "random over-sampling", "class-balanced loss", "generator" })
            Assert.True(Recall(seen[key]) > Recall(seen["as it is"]), $"{key}: {Recall(seen[key])}, untouched {Recall(seen["as it is"])}");

        double Recall(long[] predicted) => ClassificationScores.Of(test.Labels, predicted, 2).Recall[1];
    }

    private static float[] Change(torch.Tensor images, bool mirrors, ulong seed)
    {
        using torch.Generator random = new(seed, torch.CPU);
        using TorchSharp.DisposeScope scope = torch.NewDisposeScope();
        return new ImageChanges(mirrors).Apply(images, random).data<float>().ToArray();
    }

    private static double Left(float[] image) => image.Where((_, p) => p % 12 < 6).Average();

    /// <summary>Noise, a little brighter in the upper half (class 0) or the lower (class 1).</summary>
    private static ImageSet Noisy(int upper, int lower, int seed)
    {
        var random = new Random(seed);
        long[] labels = [.. Enumerable.Repeat(0L, upper), .. Enumerable.Repeat(1L, lower)];
        return new ImageSet([.. labels.SelectMany(label => Enumerable.Range(0, Shape.Size)
            .Select(p => (byte)(random.Next(220) + (p < Shape.Size / 2 == (label == 0) ? 24 : 0))))], Shape, labels);
    }
}
