using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanPipeline.Training.Objectives;

/// <summary>
/// Goodfellow et al. 2014, "Generative adversarial nets", equation 1 for D and the modified loss of section 3 for G: with D = sigmoid(logit),
/// D minimises -log D(x) - log(1 - D(G(z))) and G minimises -log D(G(z)). The same as binary cross-entropy with targets 1 and 0, taken from logits because
/// softplus(-x) = -log sigmoid(x) never overflows.
/// </summary>
public sealed class NonSaturating : Objective
{
    /// <inheritdoc/>
    public override string Name => "non_saturating";

    /// <inheritdoc/>
    public override Tensor DiscriminatorLoss(Tensor real, Tensor fake) => softplus(-real).mean() + softplus(fake).mean();

    /// <inheritdoc/>
    public override Tensor GeneratorLoss(Tensor fake) => softplus(-fake).mean();
}
