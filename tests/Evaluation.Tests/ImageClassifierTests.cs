using GanPipeline.Evaluation.Features;
using GanPipeline.Primitives;
using TorchSharp;

namespace GanPipeline.Evaluation.Tests;

public class ImageClassifierTests
{
    private static readonly ImageShape Colour = new(3, 16, 20);

    [Fact]
    public void Learns_a_part_of_mnist_and_tells_digits_from_noise()
    {
        (byte[] pixels, long[] labels) = TestData.Mnist("train", 6000);
        (byte[] test, long[] testLabels) = TestData.Mnist("t10k", 2000);
        using ImageClassifier classifier = ImageClassifier.Train(pixels, TestData.Digit, labels, 10);
        double accuracy = classifier.Accuracy(test, testLabels);
        Assert.True(accuracy > 0.9, $"accuracy {accuracy}");

        byte[] noise = new byte[1000 * TestData.Digit.Size];
        new Random(1).NextBytes(noise);
        long[] asked = [.. Enumerable.Range(0, 1000).Select(i => i % 10L)];
        double hits = classifier.Accuracy(noise, asked);
        Assert.True(hits < 0.2, $"noise is taken for the digits asked for in {hits} of the cases");

        FeatureSet real = classifier.Features(pixels.AsSpan(0, 1000 * TestData.Digit.Size));
        double ofReal = FrechetDistance.Between(real, classifier.Features(test)), ofNoise = FrechetDistance.Between(real, classifier.Features(noise));
        Assert.True(ofNoise > 20 * ofReal, $"{ofNoise} for noise, {ofReal} for real images");
    }

    [Fact]
    public void Takes_any_channels_and_sides_and_is_the_same_for_a_seed()
    {
        (byte[] pixels, long[] labels) = TestData.Corners(Colour, 1000, seed: 1);
        (byte[] test, long[] testLabels) = TestData.Corners(Colour, 1200, seed: 2);
        using ImageClassifier classifier = ImageClassifier.Train(pixels, Colour, labels, 4), again = ImageClassifier.Train(pixels, Colour, labels, 4);
        using ImageClassifier other = ImageClassifier.Train(pixels, Colour, labels, 4, new ImageClassifierOptions { Seed = 1 });
        Assert.True(classifier.Accuracy(test, testLabels) > 0.99);
        float[] features = classifier.Features(test).Values;
        Assert.Equal((1200, ImageClassifier.FeatureCount), (features.Length / ImageClassifier.FeatureCount, ImageClassifier.FeatureCount));
        Assert.Equal(features, again.Features(test).Values);
        Assert.NotEqual(features, other.Features(test).Values);
    }

    [Fact]
    public void Bytes_and_floats_of_the_same_pixels_are_the_same_images()
    {
        (byte[] pixels, long[] labels) = TestData.Corners(Colour, 300, seed: 1);
        using ImageClassifier classifier = ImageClassifier.Train(pixels, Colour, labels, 4);
        float[] floats = Array.ConvertAll(pixels, p => (float)p);
        Assert.Equal(classifier.Features(pixels).Values, classifier.Features(floats).Values);
        Assert.Equal(classifier.Classify(pixels), classifier.Classify(floats));
        Assert.Empty(classifier.Classify(ReadOnlySpan<byte>.Empty));
    }

    [Fact]
    public void Holds_the_same_tensors_however_long_it_trains_and_classifies()
    {
        (byte[] pixels, long[] labels) = TestData.Corners(Colour, 600, seed: 1);
        long Left(int epochs)
        {
            long before = TestData.LiveTensors();
            ImageClassifier.Train(pixels, Colour, labels, 4, new ImageClassifierOptions { Epochs = epochs }).Dispose();
            return TestData.LiveTensors() - before;
        }
        _ = Left(1);
        Assert.Equal(Left(1), Left(4)); // TorchSharp goes on counting a disposed layer's parameters, so neither is 0

        using ImageClassifier classifier = ImageClassifier.Train(pixels, Colour, labels, 4);
        long held = TestData.LiveTensors();
        for (int i = 0; i < 3; i++) _ = (classifier.Classify(pixels), classifier.Features(pixels));
        Assert.Equal(held, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Survives_the_scope_it_was_trained_in()
    {
        (byte[] pixels, long[] labels) = TestData.Corners(Colour, 300, seed: 1);
        ImageClassifier classifier;
        using (torch.NewDisposeScope()) classifier = ImageClassifier.Train(pixels, Colour, labels, 4);
        using (classifier) Assert.Equal(300, classifier.Classify(pixels).Length);
    }

    [Fact]
    public void Reports_progress_and_stops_when_told()
    {
        (byte[] pixels, long[] labels) = TestData.Corners(Colour, 3000, seed: 1);
        var heard = new Heard();
        using var source = new CancellationTokenSource();
        heard.Action = share => { if (share > 0.4) source.Cancel(); };
        Assert.Throws<OperationCanceledException>(() => ImageClassifier.Train(pixels, Colour, labels, 4, progress: heard, cancellation: source.Token));
        Assert.InRange(heard.Shares[^1], 0.4, 0.9);
        heard.Action = _ => { };
        ImageClassifier.Train(pixels, Colour, labels, 4, progress: heard).Dispose();
        Assert.Equal(1, heard.Shares[^1]);
    }

    [Fact]
    public void Refuses_what_it_cannot_classify()
    {
        byte[] two = new byte[2 * Colour.Size];
        string Refused(Action action) => Assert.Throws<UserErrorException>(action).Message;
        Assert.Contains("label 4 at item 1", Refused(() => ImageClassifier.Train(two, Colour, [0, 4], 4)));
        Assert.Contains("1 x 4 x 28", Refused(() => ImageClassifier.Train(new byte[112], new ImageShape(1, 4, 28), [0], 4)));
        Assert.Contains("no images", Refused(() => ImageClassifier.Train([], Colour, [], 4)));
        Assert.Throws<ArgumentException>(() => ImageClassifier.Train(two, Colour, [0], 4));
        Assert.Throws<ArgumentException>(() => ImageClassifier.Train(two[1..], Colour, [0, 1], 4));
        using ImageClassifier classifier = ImageClassifier.Train(two, Colour, [0, 1], 4);
        float[] floats = new float[2 * Colour.Size];
        floats[Colour.Size + 3] = float.NaN;
        Assert.Contains("image 1", Refused(() => classifier.Classify(floats)));
        Assert.Contains("image 1", Refused(() => classifier.Features(floats)));
    }

    private sealed class Heard : IProgress<double>
    {
        public List<double> Shares { get; } = [];

        public Action<double> Action { get; set; } = _ => { };

        public void Report(double value)
        {
            Shares.Add(value);
            Action(value);
        }
    }
}
