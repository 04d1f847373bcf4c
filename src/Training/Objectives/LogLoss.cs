namespace GanPipeline.Training.Objectives;

/// <summary>
/// The discriminator of Goodfellow et al. 2014, "Generative adversarial nets", equation 1: with D = sigmoid(realness) it minimises -log D(x) - log(1 -
/// D(G(z))), binary cross-entropy with targets 1 (or a smoothed one) and 0. Taken from logits because softplus(-x) = -log sigmoid(x) never overflows.
/// </summary>
internal abstract class LogLoss : SeparableObjective
{
    /// <inheritdoc/>
    public override bool HasTargets => true;

    /// <inheritdoc/>
    public override double? Threshold => 0;

    /// <inheritdoc/>
    // Cross-entropy with target t is t softplus(-x) + (1 - t) softplus(x), and softplus(x) = softplus(-x) + x.
    public override Tensor RealLoss(Tensor real, double target) =>
        target < 1 ? (-real).Softplus().mean().Plus(real.mean().Times(1 - target)) : (-real).Softplus().mean();

    /// <inheritdoc/>
    public override Tensor FakeLoss(Tensor fake) => fake.Softplus().mean();

    /// <inheritdoc/>
    public override double Score(double realness) => 1 / (1 + Math.Exp(-realness));
}
