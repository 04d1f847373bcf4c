namespace GanPipeline.Training.Objectives;

/// <summary>
/// Arjovsky, Chintala, Bottou 2017, "Wasserstein GAN", equations 2 and 3: D (a critic) minimises D(G(z)) - D(x) and G -D(G(z)). It means a distance only where
/// D's slope is bounded: with a gradient penalty, weight clipping or spectral normalisation.
/// </summary>
internal sealed class Wasserstein : SeparableObjective
{
    /// <inheritdoc/>
    public override string Name => "wasserstein";

    /// <inheritdoc/>
    public override Tensor RealLoss(Tensor real, double target) => -real.mean();

    /// <inheritdoc/>
    public override Tensor FakeLoss(Tensor fake) => fake.mean();

    /// <inheritdoc/>
    public override Tensor GeneratorLoss(Tensor fake, Tensor? real) => -fake.mean();
}
