using GanPipeline.Evaluation.Features;
using GanPipeline.Inference;

namespace GanPipeline.Evaluation.Images;

/// <summary>
/// Features of a network in an ONNX file that the user has. With the Inception network of clean-fid the Fréchet distance is that program's FID, since images
/// are brought to the network's size as it does (Parmar et al. 2022); other programs resize otherwise, and their FIDs do not compare.
/// </summary>
internal sealed class OnnxFeatures(FeatureNetwork network) : IImageFeatures
{
    private const int Chunk = 64;

    /// <inheritdoc/>
    public string Space => $"{network.FeatureCount} features of {network.Name}";

    /// <inheritdoc/>
    public FeatureSet Of(ImageSet images)
    {
        float[] features = new float[checked(images.Count * network.FeatureCount)];
        for (int first = 0; first < images.Count; first += Chunk)
        {
            int count = Math.Min(Chunk, images.Count - first);
            network.Run(images.Pixels.AsSpan(first * images.Shape.Size, count * images.Shape.Size), images.Shape.Channels, images.Shape.Height,
                images.Shape.Width,
                features.AsSpan(first * network.FeatureCount, count * network.FeatureCount));
        }
        return new FeatureSet(features, network.FeatureCount, images.Labels);
    }
}
