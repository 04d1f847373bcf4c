namespace GanPipeline.Training.Updates;

/// <summary>Real samples and their classes.</summary>
/// <param name="Samples">[N, ...shape] float32 in network units.</param>
/// <param name="Label">[N] int64 class indices, or null for an unconditional pair.</param>
internal readonly record struct RealBatch(Tensor Samples, Tensor? Label);

/// <summary>What a step draws: real samples and random numbers, each draw a new one. The tensors are left to the caller's dispose scope.</summary>
internal abstract class Draws
{
    /// <summary>The next batch of real samples.</summary>
    public abstract RealBatch Real();

    /// <summary>float32, standard normal.</summary>
    public abstract Tensor Normal(params long[] shape);

    /// <summary>float32, standard normal, for what must not be guessed: drawn from all of the seed's bits.</summary>
    public virtual Tensor PrivacyNoise(params long[] shape) => Normal(shape);

    /// <summary>float32, uniform in [0, 1).</summary>
    public abstract Tensor Uniform(params long[] shape);
}
