namespace GanPipeline.Training.Objectives;

/// <summary>
/// Softmax cross-entropy over two logits, {fake, real} (Salimans et al. 2016, "Improved techniques for training GANs", section 5, without classes). It depends
/// on the logits' difference alone, -log softmax(real) = softplus(fake - real), and in that it is the non-saturating log loss.
/// </summary>
internal sealed class Softmax : NonSaturating
{
    /// <inheritdoc/>
    public override string Name => "softmax";

    /// <inheritdoc/>
    public override int Logits => 2;
}
