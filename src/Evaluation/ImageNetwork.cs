using GanPipeline.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation;

/// <summary>
/// Two 3 x 3 convolutions (16 and 32 channels), each followed by 2 x 2 max pooling and ReLU, a layer of features, and one logit a class. Takes pixels of
/// 0 to 255 in any number type.
/// </summary>
internal sealed class ImageNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Sequential _features;
    private readonly Linear _head;

    public ImageNetwork(ImageShape shape, int features, int classes, Device device) : base(nameof(ImageNetwork))
    {
        // Pooling before ReLU gives the same as after, and leaves a quarter of the work.
        _features = nn.Sequential(
            nn.Conv2d(shape.Channels, 16, 3, padding: 1, device: device), nn.MaxPool2d(2), nn.ReLU(),
            nn.Conv2d(16, 32, 3, padding: 1, device: device), nn.MaxPool2d(2), nn.ReLU(),
            nn.Flatten(), nn.Linear(32L * (shape.Height / 4) * (shape.Width / 4), features, device: device), nn.ReLU());
        _head = nn.Linear(features, classes, device: device);
        register_module("features", _features);
        register_module("head", _head);
    }

    /// <summary>[N, C, H, W] pixels to [N, features], none below 0.</summary>
    public Tensor Features(Tensor pixels) => _features.call(pixels.to_type(float32).Over(127.5) - Held.One);

    /// <summary>[N, features] to logits [N, classes].</summary>
    public Tensor Logits(Tensor features) => _head.call(features);

    /// <summary>[N, C, H, W] pixels to logits [N, classes].</summary>
    public override Tensor forward(Tensor pixels) => Logits(Features(pixels));
}
