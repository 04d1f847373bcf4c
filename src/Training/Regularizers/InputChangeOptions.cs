using GanPipeline.Training.Updates;

namespace GanPipeline.Training.Regularizers;

/// <summary>A change of every sample, real or generated, on its way into the discriminator; the generator is trained through it.</summary>
internal abstract record InputChangeOptions : RegularizerOptions
{
    /// <summary>The changed samples, differentiable in the samples.</summary>
    /// <param name="samples">[N, ...shape] in network units.</param>
    /// <param name="draws">Random numbers of the step.</param>
    /// <param name="epoch">Epochs trained so far, with fraction.</param>
    public abstract Tensor Change(Tensor samples, Draws draws, double epoch);
}
