using GanPipeline.Training.Data;

namespace GanPipeline.Training.Networks;

/// <summary>
/// A generator: latent vector and, if it is conditional, class index in; one sample in network units out. Every preset's generator has this shape, so that
/// training, export and evaluation need to know no network by name.
/// </summary>
internal sealed class Generator : nn.Module<Tensor, Tensor?, Tensor>
{
    /// <summary>Puts a generator together from its parts, which it then owns.</summary>
    /// <param name="latentSize">Length of the latent vector.</param>
    /// <param name="classNames">Class names in index order; empty for an unconditional generator.</param>
    /// <param name="format">What it generates.</param>
    /// <param name="label">How the class enters; null for an unconditional generator.</param>
    /// <param name="body">Everything after that, ending in one sample [N, ...shape].</param>
    public Generator(int latentSize, IReadOnlyList<string> classNames, SampleFormat format, LabelInput? label, Sequential body) : base(nameof(Generator))
    {
        (LatentSize, ClassNames, Format, Label, Body) = (latentSize, classNames, format, label, body);
        if (label is not null) register_module("label", label);
        register_module("body", body);
    }

    /// <summary>Length of the latent vector.</summary>
    public int LatentSize { get; }

    /// <summary>Class names in index order; empty for an unconditional generator.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Shape and units of a sample.</summary>
    public SampleFormat Format { get; }

    /// <summary>How the class enters; null for an unconditional generator.</summary>
    public LabelInput? Label { get; }

    /// <summary>Everything after the label.</summary>
    public Sequential Body { get; }

    /// <summary>One sample for each latent vector.</summary>
    /// <param name="noise">[N, latent] float32.</param>
    /// <param name="label">[N] int64 class indices; ignored (and may be null) for an unconditional generator.</param>
    /// <returns>[N, ...shape] float32 in network units.</returns>
    public override Tensor forward(Tensor noise, Tensor? label) => Body.call(Label is null ? noise : Label.call(noise, label!));
}
