using GanPipeline.Evaluation.Features;

namespace GanPipeline.Evaluation.Images;

/// <summary>A classifier of real images, which describes generated ones by the classes that it predicts and by its features.</summary>
internal interface IImageClassifier : IImageFeatures, IDisposable
{
    /// <summary>Shape of the images that it takes.</summary>
    ImageShape Shape { get; }

    /// <summary>Number of classes.</summary>
    int Classes { get; }

    /// <summary>Features and recognised classes of images.</summary>
    /// <returns>The features with the images' own labels, and [N] classes recognised.</returns>
    (FeatureSet Features, long[] Recognised) Look(ImageSet images);

    /// <summary>Another of the same kind, trained on other images of the same classes.</summary>
    IImageClassifier TrainAnother(ImageSet images, ImageClassifierOptions options);
}
