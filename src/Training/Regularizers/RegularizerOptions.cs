using GanPipeline.Training.Config;
using GanPipeline.Training.Networks;
using static TorchSharp.torch;

namespace GanPipeline.Training.Regularizers;

/// <summary>A penalty on the discriminator as a preset asks for it; a new one is one new file.</summary>
public abstract record RegularizerOptions
{
    /// <summary>
    /// Steps between two times that the penalty is taken; its weight is multiplied by this, so that its mean force stays the same (Karras et al. 2020,
    /// appendix B).
    /// </summary>
    public int Every { get; set; } = 1;

    /// <summary>Checks the ranges of the options.</summary>
    public virtual void Validate() => Require.That(Every is >= 1 and <= 1000, "regularizers.every", "must be between 1 and 1000", Every);

    /// <summary>The penalty (a scalar) to add to the discriminator's loss at a step on which it is due, weight and interval included.</summary>
    /// <param name="discriminator">The network that is penalised.</param>
    /// <param name="real">[N, ...shape] real samples, no gradient wanted.</param>
    /// <param name="fake">[N, ...shape] generated samples, detached.</param>
    /// <param name="label">[N] int64, or null.</param>
    public abstract Tensor Penalty(Discriminator discriminator, Tensor real, Tensor fake, Tensor? label);
}
