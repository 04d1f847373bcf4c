using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Images;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Primitives;

namespace GanPipeline.Evaluation.Tests;

public sealed class ImageReferenceTests : IDisposable
{
    private static readonly string[] Digits = [.. Enumerable.Range(0, 10).Select(i => $"{i}")];
    private static readonly string[] Ranked = ["frechet-distance", "kernel-distance", "precision", "recall", "density", "coverage", "two-sample-test",
        "class-accuracy", "class-distance", "class-divergence"];
    private static readonly string[] All = [.. Ranked, "data-copying", "memorised-share"];
    private readonly string _folder = Directory.CreateTempSubdirectory("gan-classifier-").FullName;

    /// <summary>It is the reference's from the moment that it is handed over.</summary>
    [Fact]
    public void A_reference_that_cannot_be_made_gives_its_classifier_back()
    {
        var shape = new ImageShape(1, 8, 8);
        var images = new ImageSet(new byte[20 * 64], shape, [.. Enumerable.Range(0, 20).Select(i => i % 2L)]);
        var small = new ImageSet(new byte[20 * 100], new ImageShape(1, 10, 10), images.Labels);
        var options = new ImageReferenceOptions { ClassNames = ["a", "b"] };
        Stub unfit = new(shape, fails: false), broken = new(shape, fails: true);
        Assert.Throws<UserErrorException>(() => new ImageReference(unfit, small, images, options));
        Assert.Throws<InvalidOperationException>(() => new ImageReference(broken, images, images, options));
        Assert.True(unfit.IsDisposed && broken.IsDisposed);
    }

    private sealed class Stub(ImageShape shape, bool fails) : IImageClassifier
    {
        public bool IsDisposed { get; private set; }

        public ImageShape Shape => shape;

        public int Classes => 2;

        public string Space => "nothing";

        public FeatureSet Of(ImageSet images) => Look(images).Features;

        public (FeatureSet Features, long[] Recognised) Look(ImageSet images) => fails ? throw new InvalidOperationException("no memory")
            : (new FeatureSet(new float[images.Count], 1), new long[images.Count]);

        public IImageClassifier TrainAnother(ImageSet images, ImageClassifierOptions options) => throw new NotSupportedException();

        public void Dispose() => IsDisposed = true;
    }

    [Fact]
    public void Real_test_images_score_best_noise_worst_and_dropped_classes_and_copies_are_seen()
    {
        (byte[] trainPixels, long[] trainLabels) = TestData.Mnist("train", 4000);
        (byte[] testPixels, long[] testLabels) = TestData.Mnist("t10k", 1000);
        ImageSet training = new(trainPixels, TestData.Digit, trainLabels), all = new(testPixels, TestData.Digit, testLabels);
        ImageSet test = all.Pick([.. Enumerable.Range(0, 500).Select(i => 2 * i)]), unseen = all.Pick([.. Enumerable.Range(0, 500).Select(i => 2 * i + 1)]);
        using var reference = new ImageReference(new ImageClassifierCache(_folder).Get("mnist", training, 10), training, test,
            new ImageReferenceOptions { ClassNames = Digits, Seed = 1 });

        Dictionary<string, MetricResult> real = Scores(reference, unseen, All);
        Dictionary<string, MetricResult> noise = Scores(reference, Noise(unseen, 1), Ranked);
        Dictionary<string, MetricResult> grainy = Scores(reference, Noise(unseen, 0.4), Ranked);
        Dictionary<string, MetricResult> dropped = Scores(reference, unseen.Pick([.. Enumerable.Range(0, 500).Where(i => unseen.Labels![i] > 4)]), "precision",
            "recall", "coverage", "class-divergence");
        Dictionary<string, MetricResult> copies = Scores(reference, training.Sample(500, 2), "data-copying", "memorised-share");

        foreach (string metric in Ranked)
        {
            bool higher = real[metric].Better == Better.Higher;
            double[] order = [real[metric].Value, grainy[metric].Value, noise[metric].Value];
            // Of a worsening set, neighbourhoods may all be empty before it is noise: not better is then all that can be said.
            Assert.True(higher ? order[0] > order[1] && order[1] >= order[2] : order[0] < order[1]
                && order[1] <= order[2], $"{metric}: real, grainy, noise {string.Join(", ", order)}");
        }
        Assert.True(dropped["recall"].Value < real["recall"].Value - 0.15 && dropped["coverage"].Value < real["coverage"].Value - 0.15,
            $"{dropped["recall"]} {dropped["coverage"]}");
        Assert.True(dropped["precision"].Value > real["precision"].Value - 0.1, $"{dropped["precision"]}");
        Assert.True(dropped["class-divergence"].Value > 5 * real["class-divergence"].Value);
        Assert.InRange(copies["data-copying"].Value, double.NegativeInfinity, -20);
        Assert.InRange(real["data-copying"].Value, -4, 4);
        Assert.Equal(1, copies["memorised-share"].Value);
        Assert.InRange(real["memorised-share"].Value, 0, 0.04);
    }

    [Fact]
    public void A_classifier_is_trained_once_for_a_data_set_and_found_again()
    {
        (byte[] pixels, long[] labels) = TestData.Corners(new ImageShape(1, 8, 8), 600, seed: 1);
        var images = new ImageSet(pixels, new ImageShape(1, 8, 8), labels);
        var cache = new ImageClassifierCache(Path.Combine(_folder, "new", "folder"));
        int trained = 0;
        float[] Features(string data, ulong seed = 0)
        {
            using ImageClassifier classifier = cache.Get(data, images, 4, new ImageClassifierOptions { Seed = seed, Epochs = 1 }, () => trained++);
            return classifier.Of(images).Values;
        }
        float[] first = Features("a");
        Assert.Equal(first, Features("a"));
        Assert.Equal(1, trained);
        float[] other = Features("a", seed: 1);
        Assert.NotEqual(first, other);
        Features("b");
        Assert.Equal(3, trained);

        // Whatever happens to a file, the classifier is the same: a damaged one is trained anew.
        string file = Directory.GetFiles(cache.Folder)[0];
        foreach (Func<byte[], byte[]> damage in new Func<byte[], byte[]>[] { b => b[..^1], b => [.. b[..^40], 1, .. b[^39..]], _ => [] })
        {
            byte[] whole = File.ReadAllBytes(file);
            File.WriteAllBytes(file, damage(whole));
            float[] a = Features("a");
            Features("b");
            Assert.Equal(first, a);
            Assert.Equal(other, Features("a", seed: 1));
            Assert.Equal(whole, File.ReadAllBytes(file));
        }
        Assert.Equal(6, trained);
        Assert.Empty(Directory.GetFiles(cache.Folder, ".*"));

        // The same data read otherwise, on another background say, have a classifier of their own.
        images = new ImageSet([.. pixels.Select(p => (byte)(255 - p))], images.Shape, labels);
        Features("a");
        Assert.Equal(7, trained);
    }

    [Fact]
    public void Writes_the_nearest_training_images_a_copy_first()
    {
        (byte[] pixels, long[] labels) = TestData.Corners(new ImageShape(1, 8, 8), 300, seed: 1);
        ImageSet training = new(pixels, new ImageShape(1, 8, 8), labels),
            generated = new([.. TestData.Corners(training.Shape, 30, seed: 2).Pixels, .. training.Image(123)], training.Shape);
        using var reference = new ImageReference(new ImageClassifierCache(_folder).Get("corners", training, 4), training, training,
            new ImageReferenceOptions { ClassNames = ["a", "b", "c", "d"] });
        FeatureComparison comparison = reference.Compare(generated);
        NearestImages.Write(_folder, reference, generated, comparison.Generated);
        string[] lines = File.ReadAllLines(Path.Combine(_folder, "neighbours.csv"));
        Assert.Equal(1 + 10 * 7, lines.Length);
        Assert.Equal("row,sample,rank,training_image,distance", lines[0]);
        Assert.Matches(@"^0,30,0,123,(0|\d(\.\d+)?E-0\d)$", lines[1]); // up to rounding, which the size of a batch changes
        Assert.True(File.Exists(Path.Combine(_folder, "neighbours.png")));
    }

    [Fact]
    public void Images_of_another_size_are_refused()
    {
        (byte[] pixels, long[] labels) = TestData.Corners(new ImageShape(1, 8, 8), 100, seed: 1);
        var training = new ImageSet(pixels, new ImageShape(1, 8, 8), labels);
        using var reference = new ImageReference(new ImageClassifierCache(_folder).Get("corners", training, 4), training, training,
            new ImageReferenceOptions { ClassNames = ["a", "b", "c", "d"] });
        Assert.Contains("1 x 8 x 8", Assert.Throws<UserErrorException>(() => reference.Compare(new ImageSet(new byte[64], new ImageShape(1, 4, 4)))).Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Dictionary<string, MetricResult> Scores(ImageReference reference, ImageSet images, params string[] metrics) =>
        MetricCatalog.MeasureAll(MetricCatalog.OfFeatures.Named(metrics), reference.Compare(images))
            .Where(r => r.Class.Length == 0).ToDictionary(r => r.Metric);

    /// <summary>A share of noise and the rest of the images.</summary>
    private static ImageSet Noise(ImageSet images, double share)
    {
        byte[] pixels = new byte[images.Pixels.Length];
        new Random(1).NextBytes(pixels);
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(share * pixels[i] + (1 - share) * images.Pixels[i]);
        return new ImageSet(pixels, images.Shape, images.Labels);
    }
}
