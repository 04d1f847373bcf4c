using System.Numerics;
using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Images;
using GanPipeline.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation;

/// <summary>How an <see cref="ImageClassifier"/> is trained.</summary>
internal sealed record ImageClassifierOptions
{
    /// <summary>Decides the initial weights and the order of the images.</summary>
    public ulong Seed { get; init; }

    /// <summary>Passes over the images.</summary>
    public int Epochs { get; init; } = 2;

    /// <summary>Steps of the whole training instead; 0 for as many as the passes have.</summary>
    public long Steps { get; init; }

    /// <summary>Where it computes; the CPU where none is named.</summary>
    public Device? Device { get; init; }
}

/// <summary>
/// A small convolutional network trained on real labelled images, which then describes generated ones: by the class that it predicts for an image, and by 128
/// features in which sets of images can be compared. Images are C x H x W values of 0 to 255, as the data has them. Not for use by several threads at once.
/// </summary>
internal sealed class ImageClassifier : IImageClassifier
{
    /// <summary>Length of a feature vector.</summary>
    public const int FeatureCount = 128;

    private const int Smallest = 8, Chunk = 500;
    private const double LearningRate = 2e-3;
    private readonly ImageNetwork _network;
    private readonly Device _device;

    private ImageClassifier(ImageShape shape, int classes, Device device)
    {
        (Shape, Classes, _device) = (shape, classes, device);
        _network = new ImageNetwork(shape, FeatureCount, classes, device);
    }

    /// <summary>Shape of the images that it takes.</summary>
    public ImageShape Shape { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>
    /// Trains a classifier. On a CPU, the same arguments and number of threads give the same classifier to the bit.
    /// </summary>
    /// <param name="pixels">[N, C, H, W] real images, 0 to 255.</param>
    /// <param name="shape">C x H x W; sides of at least 8.</param>
    /// <param name="labels">[N] class indices.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="options">Seed, passes and device.</param>
    /// <param name="progress">Hears the share of the training done, 0 to 1.</param>
    /// <param name="remedies">What is done about classes of few images; nothing where none is given.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="UserErrorException">The images are too small, there are none, or a label is outside the classes.</exception>
    /// <exception cref="ArgumentException">Pixels, shape and labels do not fit together.</exception>
    public static ImageClassifier Train(byte[] pixels, ImageShape shape, ReadOnlySpan<long> labels, int classes, ImageClassifierOptions? options = null,
        IProgress<double>? progress = null, FitRemedies? remedies = null, CancellationToken cancellation = default)
    {
        options ??= new ImageClassifierOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Epochs, 1);
        if (shape.Channels < 1 || shape.Height < Smallest || shape.Width < Smallest)
            throw new UserErrorException($"images of {shape} are too small for the classifier, which needs {Smallest} x {Smallest} or more.");
        int count = Count(pixels.Length, shape);
        if (count == 0) throw new UserErrorException("there are no images to train the classifier on.");
        ClassLabels.CheckCount(labels.Length, count);
        ClassLabels.Check(labels, classes);

        using var state = new LibtorchState();
        using DisposeScope scope = NewDisposeScope();
        manual_seed((long)SeedStream.Derive(options.Seed, "judge weights"));
        var classifier = new ImageClassifier(shape, classes, options.Device ?? CPU);
        try
        {
            Tensor images = tensor(pixels, [count, shape.Channels, shape.Height, shape.Width], uint8).to(classifier._device);
            Tensor targets = tensor(labels.ToArray()).to(classifier._device);
            long steps = options.Steps > 0 ? options.Steps : options.Epochs * SupervisedFit.StepsPerPass(count);
            SupervisedFit.Run(classifier._network, images, targets, steps, LearningRate, options.Seed, progress, remedies ?? new FitRemedies(), cancellation);
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
        return classifier;
    }

    /// <inheritdoc/>
    public string Space => $"classifier's {FeatureCount} features";

    /// <inheritdoc/>
    public FeatureSet Of(ImageSet images) => Look(images).Features;

    /// <inheritdoc/>
    public IImageClassifier TrainAnother(ImageSet images, ImageClassifierOptions options) =>
        Train(images.Pixels, images.Shape, images.Labels, Classes, options);

    /// <summary>Features and recognised classes of images, in one pass over the network.</summary>
    /// <returns>The features with the images' own labels, and the classes recognised.</returns>
    public (FeatureSet Features, long[] Recognised) Look(ImageSet images)
    {
        float[] features = new float[images.Count * FeatureCount];
        long[] recognised = new long[images.Count];
        using IDisposable noGradient = no_grad();
        for (int first = 0; first < images.Count; first += Chunk)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor seen = _network.Features(Images<byte>(images.Pixels, first));
            seen.cpu().data<float>().CopyTo(features, first * FeatureCount);
            _network.Logits(seen).argmax(1).cpu().data<long>().CopyTo(recognised, first);
        }
        return (new FeatureSet(features, FeatureCount, images.Labels), recognised);
    }

    /// <summary>What it decides by: one number a class, of which the largest is the class that it recognises.</summary>
    /// <returns>[N, classes].</returns>
    public float[] Logits(ImageSet images)
    {
        float[] logits = new float[images.Count * Classes];
        using IDisposable noGradient = no_grad();
        for (int first = 0; first < images.Count; first += Chunk)
        {
            using DisposeScope scope = NewDisposeScope();
            _network.call(Images<byte>(images.Pixels, first)).cpu().data<float>().CopyTo(logits, first * Classes);
        }
        return logits;
    }

    /// <summary>A classifier with weights that are yet to be set.</summary>
    internal static ImageClassifier Blank(ImageShape shape, int classes, Device? device)
    {
        using DisposeScope scope = NewDisposeScope();
        var classifier = new ImageClassifier(shape, classes, device ?? CPU);
        classifier._network.eval();
        return classifier;
    }

    /// <summary>Its weights, layer by layer.</summary>
    internal IEnumerable<Tensor> Weights() => _network.parameters();

    /// <summary>The class that it recognises in each image.</summary>
    /// <param name="pixels">[N, C, H, W], 0 to 255.</param>
    /// <returns>[N] class indices.</returns>
    public long[] Classify(ReadOnlySpan<byte> pixels) => ClassifyAny(pixels);

    /// <inheritdoc cref="Classify(ReadOnlySpan{byte})"/>
    /// <exception cref="UserErrorException">A pixel is not a finite number.</exception>
    public long[] Classify(ReadOnlySpan<float> pixels) => ClassifyAny(pixels);

    /// <summary>Feature vectors of images: what the network sees before it decides on a class.</summary>
    /// <param name="pixels">[N, C, H, W], 0 to 255.</param>
    /// <returns>[N, 128], none below 0.</returns>
    public FeatureSet Features(ReadOnlySpan<byte> pixels) => FeaturesOfAny(pixels);

    /// <inheritdoc cref="Features(ReadOnlySpan{byte})"/>
    /// <exception cref="UserErrorException">A pixel is not a finite number.</exception>
    public FeatureSet Features(ReadOnlySpan<float> pixels) => FeaturesOfAny(pixels);

    /// <summary>Share of images whose class it recognises, 0 to 1.</summary>
    /// <param name="pixels">[N, C, H, W], 0 to 255; N at least 1.</param>
    /// <param name="labels">[N] class indices.</param>
    public double Accuracy(ReadOnlySpan<byte> pixels, ReadOnlySpan<long> labels) => ClassificationScores.Of(labels, Classify(pixels), Classes).Accuracy;

    private long[] ClassifyAny<T>(ReadOnlySpan<T> pixels) where T : unmanaged, INumber<T>
    {
        long[] classes = new long[Count(pixels.Length, Shape)];
        using IDisposable noGradient = no_grad();
        for (int first = 0; first < classes.Length; first += Chunk)
        {
            using DisposeScope scope = NewDisposeScope();
            _network.call(Images(pixels, first)).argmax(1).cpu().data<long>().CopyTo(classes, first);
        }
        return classes;
    }

    private FeatureSet FeaturesOfAny<T>(ReadOnlySpan<T> pixels) where T : unmanaged, INumber<T>
    {
        int count = Count(pixels.Length, Shape);
        float[] features = new float[count * FeatureCount];
        using IDisposable noGradient = no_grad();
        for (int first = 0; first < count; first += Chunk)
        {
            using DisposeScope scope = NewDisposeScope();
            _network.Features(Images(pixels, first)).cpu().data<float>().CopyTo(features, first * FeatureCount);
        }
        return new FeatureSet(features, FeatureCount);
    }

    /// <summary>The next images from number <paramref name="first"/> on, as the network takes them.</summary>
    private Tensor Images<T>(ReadOnlySpan<T> pixels, int first) where T : unmanaged, INumber<T>
    {
        int size = Shape.Size, count = Math.Min(Chunk, pixels.Length / size - first);
        float[] values = new float[count * size];
        ReadOnlySpan<T> from = pixels.Slice(first * size, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = float.CreateTruncating(from[i]);
            if (!float.IsFinite(values[i]))
                throw new UserErrorException($"image {first + i / size} has a pixel that is not a finite number; the generator may come from a diverged run.");
        }
        return tensor(values, [count, Shape.Channels, Shape.Height, Shape.Width]).to(_device);
    }

    private static int Count(int pixels, ImageShape shape) => pixels % shape.Size == 0 ? pixels / shape.Size
        : throw new ArgumentException($"{pixels} pixels are no whole number of {shape} images; give whole images.", nameof(pixels));

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
