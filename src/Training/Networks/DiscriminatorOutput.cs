namespace GanPipeline.Training.Networks;

/// <summary>What a discriminator puts out for a batch.</summary>
/// <param name="Logits">[N, L] float32: L = 1, real above 0; or L = 2, the logits of fake and of real, for an objective that wants two.</param>
/// <param name="ClassLogits">[N, classes] float32 from the head of an auxiliary classifier, or null.</param>
internal readonly record struct DiscriminatorOutput(Tensor Logits, Tensor? ClassLogits = null)
{
    /// <summary>[N, 1]: the logit of being real; with two logits their difference, which is the same number.</summary>
    public Tensor Realness => Logits.shape[1] == 1 ? Logits : Logits.narrow(1, 1, 1) - Logits.narrow(1, 0, 1);
}
