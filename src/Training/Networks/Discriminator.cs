using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanPipeline.Training.Networks;

/// <summary>A discriminator: a sample and, if it is conditional, its class index in; one logit out (real above 0).</summary>
public sealed class Discriminator : nn.Module<Tensor, Tensor?, Tensor>
{
    /// <summary>Puts a discriminator together from its parts, which it then owns.</summary>
    /// <param name="features">What turns a sample into features before the class enters.</param>
    /// <param name="label">How the class enters; null for an unconditional discriminator.</param>
    /// <param name="body">Everything after that, ending in logits [N, 1].</param>
    public Discriminator(Sequential features, LabelInput? label, Sequential body) : base(nameof(Discriminator))
    {
        (Features, Label, Body) = (features, label, body);
        register_module("features", features);
        if (label is not null) register_module("label", label);
        register_module("body", body);
    }

    /// <summary>What turns a sample into features before the class enters.</summary>
    public Sequential Features { get; }

    /// <summary>How the class enters; null for an unconditional discriminator.</summary>
    public LabelInput? Label { get; }

    /// <summary>Everything after the label.</summary>
    public Sequential Body { get; }

    /// <summary>Logits for samples.</summary>
    /// <param name="sample">[N, ...shape] float32 in network units.</param>
    /// <param name="label">[N] int64 class indices; ignored (and may be null) for an unconditional discriminator.</param>
    /// <returns>[N, 1] float32.</returns>
    public override Tensor forward(Tensor sample, Tensor? label)
    {
        Tensor features = Features.call(sample);
        return Body.call(Label is null ? features : Label.call(features, label!));
    }
}
