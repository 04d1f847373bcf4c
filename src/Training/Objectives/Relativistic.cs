namespace GanPipeline.Training.Objectives;

/// <summary>
/// The relativistic pairing loss (Jolicoeur-Martineau 2019, "The relativistic discriminator", section 4.2; with R1 and R2 it is that of R3GAN, Huang et al.
/// 2024, equation 3): D minimises softplus(D(G(z)) - D(x)) over pairs of a real and a generated sample, and G the same with the signs swapped.
/// </summary>
internal sealed class Relativistic : Objective
{
    /// <inheritdoc/>
    public override string Name => "relativistic";

    /// <inheritdoc/>
    public override bool ComparesWithReal => true;

    /// <inheritdoc/>
    public override Tensor DiscriminatorLoss(Tensor real, Tensor fake, double target) => (fake - real).Softplus().mean();

    /// <inheritdoc/>
    public override Tensor GeneratorLoss(Tensor fake, Tensor? real) => (real! - fake).Softplus().mean();
}
