using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Images;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>Images: in the features of a classifier that is trained once on the real training images, or of a network that the user has.</summary>
internal sealed class ImageEvaluation : SampleEvaluation
{
    private readonly ImageShape _shape;
    private readonly ImageReference _reference;
    private readonly FeatureNetwork? _network;

    public ImageEvaluation(Dataset train, Dataset test, EvaluationSettings settings, StageContext context)
    {
        _shape = Shape(train);
        if (settings.Features is not null)
        {
            (float low, float high) = settings.FeaturesRange;
            if (!(float.IsFinite(low) && float.IsFinite(high) && low < high))
                throw UserErrorException.Usage(FormattableString.Invariant($"--features-range {low},{high}: give two numbers such as 0,1 or -1,1."));
            _network = FeatureNetwork.Open(settings.Features, low, high);
        }
        try
        {
            ImageSet training = Images(train), held = Images(test);
            IImageClassifier classifier = train.ChannelClasses == 0 ? Train(training, train.ClassNames.Count)
                : new StackedClassifier(Train(training.Channels(train.ChannelClasses), train.ChannelClasses), _shape.Channels);
            _reference = new ImageReference(classifier, training, held, new ImageReferenceOptions
            {
                ClassNames = train.ClassNames,
                Seed = settings.Seed,
                AgainstTraining = settings.AgainstTraining,
                Features = _network is null ? null : new OnnxFeatures(_network),
            });
        }
        catch
        {
            _network?.Dispose();
            throw;
        }

        ImageClassifier Train(ImageSet images, int classes) => ImageClassifierCache.Default.Get(train.Sha256, images, classes, trainingStarts: () =>
            context.Note("training the classifier on the real training images, once for this data set ..."), cancellation: context.Stop);
    }

    public override FeatureComparison Compare(GeneratedSamples samples) => _reference.Compare(Set(samples));

    public override string QuickMetric => "Fréchet distance in the classifier's features";

    public override bool QuickLowerIsBetter => true;

    public override double Quick(GeneratedSamples samples) => _reference.Distance(Set(samples));

    protected override void Draw(string folder, GeneratedSamples samples, FeatureComparison comparison)
    {
        Directory.CreateDirectory(folder);
        NearestImages.Write(folder, _reference, Set(samples), comparison.Generated);
    }

    private ImageSet Set(GeneratedSamples samples) => ImageSet.FromFloats(samples.Values, _shape, samples.Labels);

    /// <summary>A data set's images, copied out of its tensors.</summary>
    public static ImageSet Images(Dataset data)
    {
        using torch.Tensor bytes = data.Samples.to_type(torch.ScalarType.Byte, copy: true);
        return new ImageSet(bytes.data<byte>().ToArray(), Shape(data), data.Labels?.data<long>().ToArray());
    }

    private static ImageShape Shape(Dataset data) => new((int)data.Format.Shape[0], (int)data.Format.Shape[1], (int)data.Format.Shape[2]);

    public override void Dispose()
    {
        _reference.Dispose();
        _network?.Dispose();
    }
}
