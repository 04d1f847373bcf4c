using GanPipeline.Primitives;

namespace GanPipeline.Evaluation.Images;

/// <summary>A way of training a classifier on images of which some classes are rare, and of deciding by it.</summary>
/// <param name="Name">Its name, the same for people and in files.</param>
internal sealed record ImageMethod(string Name)
{
    /// <summary>Whether images of the rarer classes come as often as those of the largest.</summary>
    public bool Repeats { get; init; }

    /// <summary>Whether images are shifted, turned and, where that is right for them, mirrored.</summary>
    public bool Changes { get; init; }

    /// <summary>Whether the loss of a class is weighted by its effective number of images.</summary>
    public bool WeighsLoss { get; init; }

    /// <summary>Whether log-shares are taken off the logits before it is decided.</summary>
    public bool MovesLogits { get; init; }

    /// <summary>Share of the largest class that every class is filled up to by generated images; 0 for none.</summary>
    public double Generated { get; init; }

    /// <summary>The images as they are.</summary>
    public static ImageMethod Untouched { get; } = new("as it is");

    /// <summary>Menon et al. 2021, "Long-tail learning via logit adjustment", section 4.1, with τ = 1.</summary>
    public static ImageMethod MovedLogits { get; } = new("moved logits") { MovesLogits = true };

    /// <summary>Random over-sampling.</summary>
    public static ImageMethod Repeated { get; } = new("random over-sampling") { Repeats = true };

    /// <summary>Random over-sampling in which no two are alike.</summary>
    public static ImageMethod RepeatedChanged { get; } = Repeated with { Name = "random over-sampling, shifted, turned", Changes = true };

    /// <summary>Images that a generator adds until all classes are as large as the largest.</summary>
    public static ImageMethod Added { get; } = new("generator") { Generated = 1 };

    /// <summary>What a run compares with its generator.</summary>
    public static IReadOnlyList<ImageMethod> Free { get; } = [Untouched, MovedLogits, Repeated, RepeatedChanged];

    /// <summary>All, and mixtures of them.</summary>
    public static IReadOnlyList<ImageMethod> All { get; } =
    [
        Untouched, MovedLogits, Repeated,
        new("shifted, turned") { Changes = true },
        new("shifted, turned, moved logits") { Changes = true, MovesLogits = true },
        RepeatedChanged,
        new("class-balanced loss") { WeighsLoss = true },
        new("generator at .25") { Generated = 0.25 },
        Added,
        Added with { Name = "generator, shifted, turned", Changes = true },
    ];
}

/// <summary>
/// Trains a classifier for each <see cref="ImageMethod"/> on the same images, for the same number of steps. Methods that differ in how they decide share one.
/// </summary>
/// <param name="train">Real images with classes.</param>
/// <param name="classes">Number of classes.</param>
/// <param name="generate">Makes images of classes: [N] class indices to N images in that order.</param>
/// <param name="changes">How images are changed by the methods that do.</param>
/// <param name="steps">Steps of each training.</param>
/// <param name="seed">Seed of the classifiers and of what is repeated.</param>
/// <param name="stop">Ends the work.</param>
internal sealed class ImageMethods(
    ImageSet train, int classes, Func<long[], ImageSet> generate, ImageChanges changes, long steps, ulong seed, CancellationToken stop)
{
    private const double Beta = 0.9999; // of those that the paper tried, the best on long-tailed CIFAR-10 (section 5.2)

    private readonly long[] _counts = Count(train.Labels!, classes);
    private readonly Dictionary<ImageMethod, float[]> _logits = [];

    /// <summary>Real images of each class.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>Images that a method trains on, of each class.</summary>
    public long[] Trained(ImageMethod method) =>
        [.. _counts.Select(n => n == 0 ? 0 : Math.Max(n, method.Repeats ? _counts.Max() : (long)Math.Round(method.Generated * _counts.Max())))];

    /// <summary>The classes that a method's classifier sees in images.</summary>
    /// <param name="method">The method.</param>
    /// <param name="images">The same images whenever it is called.</param>
    /// <returns>[N] class indices.</returns>
    public long[] Predict(ImageMethod method, ImageSet images)
    {
        ImageMethod training = method with { Name = "", MovesLogits = false };
        if (!_logits.TryGetValue(training, out float[]? logits)) _logits[training] = logits = Logits(training, images);
        double[] moves = [.. _counts.Select(n => method.MovesLogits ? Math.Log(Math.Max(1, n)) : 0)];
        return [.. Enumerable.Range(0, images.Count).Select(i => (long)Enumerable.Range(0, classes).MaxBy(c => logits[i * classes + c] - moves[c]))];
    }

    /// <summary>
    /// Weights of the classes' losses, of mean 1 (Cui et al. 2019, "Class-balanced loss based on effective number of samples", equation 10):
    /// (1 - β) / (1 - βⁿ). A class without images has 0.
    /// </summary>
    public static float[] EffectiveWeights(IReadOnlyList<long> counts)
    {
        double[] weights = [.. counts.Select(n => n == 0 ? 0 : (1 - Beta) / (1 - Math.Pow(Beta, n)))];
        double mean = weights.Sum() / weights.Count(w => w > 0);
        return [.. weights.Select(w => (float)(w / mean))];
    }

    private float[] Logits(ImageMethod method, ImageSet images)
    {
        ImageSet rows = train;
        if (method.Generated > 0)
        {
            long[] wanted = Trained(method);
            rows = train.Append(generate([.. Enumerable.Range(0, classes)
                .SelectMany(c => Enumerable.Repeat((long)c, (int)(wanted[c] - _counts[c])))]));
        }
        using var classifier = ImageClassifier.Train(rows.Pixels, rows.Shape, rows.Labels, classes, new ImageClassifierOptions { Seed = seed, Steps = steps },
            remedies: new FitRemedies
            {
                Places = method.Repeats ? Repeated() : null,
                ClassWeights = method.WeighsLoss ? EffectiveWeights(_counts) : null,
                Change = method.Changes ? changes.Apply : null,
            }, cancellation: stop);
        return classifier.Logits(images);
    }

    /// <summary>Places of all images, and of images of the rarer classes again until there are as many as of the largest.</summary>
    private long[] Repeated()
    {
        var places = new List<long>(Enumerable.Range(0, train.Count).Select(i => (long)i));
        for (int c = 0; c < classes; c++)
        {
            long[] own = [.. Enumerable.Range(0, train.Count).Where(i => train.Labels![i] == c).Select(i => (long)i)];
            ulong stream = SeedStream.Derive(seed, "repeated images", (ulong)c);
            for (long i = own.Length; own.Length > 0 && i < _counts.Max(); i++)
                places.Add(own[SeedStream.Derive(stream, "image", (ulong)i) % (ulong)own.Length]);
        }
        return [.. places];
    }

    private static long[] Count(long[] labels, int classes)
    {
        long[] counts = new long[classes];
        foreach (long label in labels) counts[label]++;
        return counts;
    }
}
