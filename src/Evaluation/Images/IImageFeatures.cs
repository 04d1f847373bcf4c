using GanPipeline.Evaluation.Features;

namespace GanPipeline.Evaluation.Images;

/// <summary>A network that describes images by vectors in which sets of images can be compared.</summary>
internal interface IImageFeatures
{
    /// <summary>The space's name in results, for example "classifier's 128 features".</summary>
    string Space { get; }

    /// <summary>One vector an image, with the images' labels.</summary>
    FeatureSet Of(ImageSet images);
}
