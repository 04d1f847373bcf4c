using GanPipeline.Training.Networks;
using GanPipeline.Training.Updates;

namespace GanPipeline.Training.Regularizers;

/// <summary>The samples at which a penalty looks at the discriminator.</summary>
internal enum PenaltyPlace
{
    /// <summary>At real samples.</summary>
    Real,

    /// <summary>At generated samples.</summary>
    Fake,

    /// <summary>Between the two.</summary>
    Between,
}

/// <summary>What a penalty is taken of.</summary>
/// <param name="Discriminator">The network that is penalised.</param>
/// <param name="Real">Real samples; their input has a gradient where the penalty is taken at real samples.</param>
/// <param name="Fake">Generated samples; likewise.</param>
/// <param name="Label">[N] int64, or null.</param>
/// <param name="Draws">Random numbers of the step.</param>
internal readonly record struct PenaltyInput(Discriminator Discriminator, DiscriminatorPass Real, DiscriminatorPass Fake, Tensor? Label, Draws Draws);

/// <summary>A term that is added to the discriminator's loss.</summary>
internal abstract record PenaltyOptions : RegularizerOptions
{
    /// <summary>
    /// Steps between two times that the penalty is taken; its weight is multiplied by this, so that its mean force stays the same (Karras et al. 2020,
    /// appendix B).
    /// </summary>
    public int Every { get; set; } = 1;

    /// <summary>Where it looks at the discriminator.</summary>
    public abstract PenaltyPlace Place { get; }

    /// <inheritdoc/>
    public override void Validate() => Require.That(Every is >= 1 and <= 1000, "regularizers.every", "must be between 1 and 1000", Every);

    /// <summary>The penalty (a scalar) to add to the discriminator's loss at a step on which it is due, weight and interval included.</summary>
    public abstract Tensor Penalty(PenaltyInput at);

    /// <summary>The gradient of D's realness in its input, [N, ...], of which gradients can be taken in turn.</summary>
    protected static Tensor Slope(DiscriminatorOutput output, Tensor input) =>
        // Without retain_graph TorchSharp frees the graph that the penalty's own backward pass still needs.
        autograd.grad([output.Realness.sum()], [input], retain_graph: true, create_graph: true)[0];
}
