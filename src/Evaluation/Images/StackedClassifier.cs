using GanPipeline.Evaluation.Features;

namespace GanPipeline.Evaluation.Images;

/// <summary>
/// A classifier of images whose channels show a class each, such as three stacked digits: a classifier of one channel looks at each of them, and the class of
/// the image is the number that they spell. It knows all combinations although it has seen few of them often (Che et al. 2017, "Mode regularized generative
/// adversarial networks", section 4.2: 1000 modes counted by a classifier of digits).
/// </summary>
/// <param name="channel">The classifier of one channel; belongs to this object from now on.</param>
/// <param name="channels">Channels of an image.</param>
internal sealed class StackedClassifier(ImageClassifier channel, int channels) : IImageClassifier
{
    /// <inheritdoc/>
    public ImageShape Shape => channel.Shape with { Channels = channels };

    /// <inheritdoc/>
    public int Classes => (int)Math.Pow(channel.Classes, channels);

    /// <inheritdoc/>
    public string Space => $"classifier's {ImageClassifier.FeatureCount} features of each channel";

    /// <inheritdoc/>
    public FeatureSet Of(ImageSet images) => Look(images).Features;

    /// <inheritdoc/>
    public (FeatureSet Features, long[] Recognised) Look(ImageSet images)
    {
        (FeatureSet features, long[] recognised) = channel.Look(images.Channels(channel.Classes));
        // The channels of an image are one after the other, and so are their features.
        return (new FeatureSet(features.Values, channels * ImageClassifier.FeatureCount, images.Labels),
            [.. recognised.Chunk(channels).Select(spelled => spelled.Aggregate(0L, (number, digit) => number * channel.Classes + digit))]);
    }

    /// <inheritdoc/>
    public IImageClassifier TrainAnother(ImageSet images, ImageClassifierOptions options)
    {
        ImageSet single = images.Channels(channel.Classes);
        return new StackedClassifier(ImageClassifier.Train(single.Pixels, single.Shape, single.Labels, channel.Classes, options), channels);
    }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();
}
