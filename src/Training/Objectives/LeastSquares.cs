namespace GanPipeline.Training.Objectives;

/// <summary>
/// Mao et al. 2017, "Least squares generative adversarial networks", equation 2 with a = 0, b = c = 1: D minimises (D(x) - 1)²/2 + D(G(z))²/2 and G
/// (D(G(z)) - 1)²/2.
/// </summary>
internal sealed class LeastSquares : SeparableObjective
{
    /// <inheritdoc/>
    public override string Name => "least_squares";

    /// <inheritdoc/>
    public override bool HasTargets => true;

    /// <inheritdoc/>
    public override double? Threshold => 0.5;

    /// <inheritdoc/>
    public override Tensor RealLoss(Tensor real, double target) => real.Minus(target).Squared().mean() * Held.Half;

    /// <inheritdoc/>
    public override Tensor FakeLoss(Tensor fake) => fake.Squared().mean() * Held.Half;

    /// <inheritdoc/>
    public override Tensor GeneratorLoss(Tensor fake, Tensor? real) => (fake - Held.One).Squared().mean() * Held.Half;
}
