namespace GanPipeline.Training.Networks;

/// <summary>A discriminator: a sample and, if it is conditional, its class index in; logits out.</summary>
internal sealed class Discriminator : nn.Module<Tensor, Tensor?, DiscriminatorOutput>
{
    /// <summary>Puts a discriminator together from its parts, which it then owns.</summary>
    /// <param name="features">What turns a sample into features before the class enters.</param>
    /// <param name="label">How the class enters; null for an unconditional discriminator.</param>
    /// <param name="body">Everything after that, ending in logits [N, L].</param>
    /// <param name="classHead">From features to class logits [N, classes] (Odena et al. 2017); null without an auxiliary classifier.</param>
    public Discriminator(Sequential features, LabelInput? label, Sequential body, nn.Module<Tensor, Tensor>? classHead = null)
        : base(nameof(Discriminator))
    {
        (Features, Label, Body, ClassHead) = (features, label, body, classHead);
        register_module("features", features);
        if (label is not null) register_module("label", label);
        register_module("body", body);
        if (classHead is not null) register_module("class_head", classHead);
    }

    /// <summary>What turns a sample into features before the class enters.</summary>
    public Sequential Features { get; }

    /// <summary>How the class enters; null for an unconditional discriminator.</summary>
    public LabelInput? Label { get; }

    /// <summary>Everything after the label.</summary>
    public Sequential Body { get; }

    /// <summary>What tells classes from features; null without an auxiliary classifier.</summary>
    public nn.Module<Tensor, Tensor>? ClassHead { get; }

    /// <summary>The output for samples.</summary>
    /// <param name="sample">[N, ...shape] float32 in network units.</param>
    /// <param name="label">[N] int64 class indices; ignored (and may be null) for an unconditional discriminator.</param>
    public override DiscriminatorOutput forward(Tensor sample, Tensor? label)
    {
        Tensor features = Features.call(sample);
        return new DiscriminatorOutput(Body.call(Label is null ? features : Label.call(features, label!)), ClassHead?.call(features));
    }
}
