using GanPipeline.Training.Data;

namespace GanPipeline.Training.Networks;

/// <summary>What a network must fit to.</summary>
/// <param name="LatentSize">Length of the latent vector.</param>
/// <param name="ClassNames">Class names in index order; empty where the networks are not told of classes.</param>
/// <param name="Format">
/// Shape and units of a sample; for a discriminator that gets several samples packed into one (PacGAN), its shape is the packed one.
/// </param>
/// <param name="Device">Where the network is built.</param>
/// <param name="Logits">Logits that the objective wants of a discriminator: 1, or 2 (fake, real).</param>
internal sealed record NetworkContext(int LatentSize, IReadOnlyList<string> ClassNames, SampleFormat Format, Device Device, int Logits = 1);

/// <summary>A generator's network as a preset asks for it; a new network is one new file with a record for each side.</summary>
internal abstract record GeneratorOptions
{
    /// <summary>Checks the ranges of the options.</summary>
    public abstract void Validate();

    /// <summary>Builds the network with its initial weights, drawn from libtorch's default generator.</summary>
    public abstract Generator Build(NetworkContext context);
}

/// <summary>A discriminator's network as a preset asks for it.</summary>
internal abstract record DiscriminatorOptions
{
    /// <summary>Checks the ranges of the options.</summary>
    public abstract void Validate();

    /// <summary>Builds the network with its initial weights, drawn from libtorch's default generator.</summary>
    public abstract Discriminator Build(NetworkContext context);
}
