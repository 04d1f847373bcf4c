using GanPipeline.Evaluation.Features;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation.Images;

/// <summary>
/// The real side of an evaluation of images: a classifier, the features of real images (computed once, whatever is compared with them) and what is known of the
/// training set. Compare it with as many sets of generated images as needed.
/// </summary>
internal sealed class ImageReference : IDisposable
{
    private readonly ImageSet _real, _heldOut;
    private readonly IReadOnlyList<string> _classNames;
    private readonly ulong _seed;
    private readonly IImageFeatures _features;
    private readonly FeatureSet _realFeatures;
    private readonly string _realName;
    private readonly long[] _realRecognised;
    private GaussianMoments? _moments;

    /// <summary>Looks at the real images.</summary>
    /// <param name="classifier">A classifier of the real classes, or of quarter turns where the images have none; belongs to this object from now on.</param>
    /// <param name="training">What the generator was trained on.</param>
    /// <param name="test">Real images that it was not trained on.</param>
    /// <param name="options">What is compared, and how.</param>
    /// <exception cref="UserErrorException">The images do not have the classifier's shape.</exception>
    public ImageReference(IImageClassifier classifier, ImageSet training, ImageSet test, ImageReferenceOptions options)
    {
        (Classifier, _heldOut, _classNames, _seed) = (classifier, test, options.ClassNames, options.Seed);
        _features = options.Features ?? classifier;
        (_real, _realName) = options.AgainstTraining ? (training, "training") : (test, "test");
        try
        {
            foreach (ImageSet set in new[] { training, test })
                if (set.Shape != classifier.Shape)
                    throw new UserErrorException($"the classifier looks at images of {classifier.Shape}, and these are {set.Shape}; give images of one size.");
            _real = _real.Sample(options.MostReal, options.Seed);
            (_realFeatures, _realRecognised) = Look(_real);
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
        // All training images are looked through for copies, which takes a while; only the metrics that ask for it pay for it.
        Training = new Lazy<FeatureSet>(() => _features.Of(training));
        TrainingImages = training;
    }

    /// <summary>The classifier.</summary>
    public IImageClassifier Classifier { get; }

    /// <summary>What the generator was trained on.</summary>
    public ImageSet TrainingImages { get; }

    /// <summary>Features of all training images, computed when first asked for.</summary>
    public Lazy<FeatureSet> Training { get; }

    /// <summary>Share of the real images that the classifier recognises; NaN where they have no classes.</summary>
    public double ClassifierAccuracy => _real.Labels is null ? double.NaN : ClassificationScores.Of(_real.Labels, _realRecognised, Classifier.Classes).Accuracy;

    /// <summary>The comparison of generated images with the real ones.</summary>
    /// <param name="generated">Generated images; their labels, where they have some, are the classes asked for.</param>
    /// <exception cref="UserErrorException">The images do not have the shape of the real ones.</exception>
    public FeatureComparison Compare(ImageSet generated)
    {
        if (generated.Shape != Classifier.Shape)
            throw new UserErrorException($"the generated images are {generated.Shape}, but the real ones {Classifier.Shape}; " +
                "give images of the size of the data's.");
        (FeatureSet features, long[] recognised) = Look(generated);
        return new FeatureComparison(features, _realFeatures, _features.Space)
        {
            RealName = _realName,
            Seed = _seed,
            ClassNames = _classNames,
            Recognised = _real.Labels is null ? null : recognised,
            RealRecognised = _real.Labels is null ? null : _realRecognised,
            Training = Training,
            HeldOut = new Lazy<FeatureSet>(() => _realName == "test" ? _realFeatures : _features.Of(_heldOut.Sample(_real.Count, _seed))),
            TrainOnGenerated = generated.Labels is null || _real.Labels is null ? null : () => TrainOn(generated),
        };
    }

    /// <summary>
    /// The Fréchet distance of generated images alone, without an interval: what is cheap enough to be measured during training, since the real side is kept.
    /// </summary>
    public double Distance(ImageSet generated)
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        if (_moments is null)
        {
            var (mean, covariance) = GaussianMoments.Of(_realFeatures.ToTensor());
            _moments = new GaussianMoments(mean.DetachFromDisposeScope(), covariance.DetachFromDisposeScope());
        }
        return FrechetDistance.Between(GaussianMoments.Of(_features.Of(generated).ToTensor()), _moments);
    }

    /// <summary>Features and classes; of the classifier in one pass.</summary>
    private (FeatureSet Features, long[] Recognised) Look(ImageSet images)
    {
        (FeatureSet features, long[] recognised) = Classifier.Look(images);
        return (ReferenceEquals(_features, Classifier) ? features : _features.Of(images), recognised);
    }

    private SyntheticClassifier TrainOn(ImageSet generated)
    {
        const int Passes = 5; // the same network as the classifier; more passes, since there are fewer images
        using IImageClassifier trained = Classifier.TrainAnother(generated, new ImageClassifierOptions { Seed = _seed, Epochs = Passes });
        return new SyntheticClassifier(_real.Labels!, trained.Look(_real).Recognised, generated.Count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Classifier.Dispose();
        _moments?.Mean.Dispose();
        _moments?.Covariance.Dispose();
    }
}

/// <summary>What an evaluation of images compares, and how.</summary>
internal sealed record ImageReferenceOptions
{
    /// <summary>Class names in index order.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Seed of intervals and classifiers.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether generated images are compared with the training images instead of the test images.</summary>
    public bool AgainstTraining { get; init; }

    /// <summary>So many real images at most, drawn at random, are compared with.</summary>
    public int MostReal { get; init; } = 10_000;

    /// <summary>The network whose features are compared; the classifier's where none is given.</summary>
    public IImageFeatures? Features { get; init; }
}
