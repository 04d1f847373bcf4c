using static TorchSharp.torch.nn.functional;

namespace GanPipeline.Training.Objectives;

/// <summary>
/// Lim and Ye 2017, "Geometric GAN", as in Miyato et al. 2018, equations 16 and 17: D minimises max(0, 1 - D(x)) + max(0, 1 + D(G(z))) and G -D(G(z)); samples
/// that D has beyond its margin teach it nothing more.
/// </summary>
internal sealed class Hinge : SeparableObjective
{
    /// <inheritdoc/>
    public override string Name => "hinge";

    /// <inheritdoc/>
    public override double? Threshold => 0;

    /// <inheritdoc/>
    public override Tensor RealLoss(Tensor real, double target) => relu(Held.One.Minus(real)).mean();

    /// <inheritdoc/>
    public override Tensor FakeLoss(Tensor fake) => relu(fake.Plus(1)).mean();

    /// <inheritdoc/>
    public override Tensor GeneratorLoss(Tensor fake, Tensor? real) => -fake.mean();
}
