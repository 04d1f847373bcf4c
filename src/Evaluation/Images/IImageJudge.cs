using GanPipeline.Evaluation.Features;

namespace GanPipeline.Evaluation.Images;

/// <summary>A classifier of real images, which judges generated ones by the classes and by the features that it sees in them.</summary>
internal interface IImageJudge : IImageFeatures, IDisposable
{
    /// <summary>Shape of the images that it judges.</summary>
    ImageShape Shape { get; }

    /// <summary>Number of classes.</summary>
    int Classes { get; }

    /// <summary>Features and recognised classes of images.</summary>
    /// <returns>The features with the images' own labels, and [N] classes recognised.</returns>
    (FeatureSet Features, long[] Recognised) Look(ImageSet images);

    /// <summary>Another of the same kind, which learns from other images of the same classes.</summary>
    IImageJudge Learn(ImageSet images, JudgeOptions options);
}
