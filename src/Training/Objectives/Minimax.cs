namespace GanPipeline.Training.Objectives;

/// <summary>
/// Goodfellow et al. 2014, equation 1 for both networks: G minimises log(1 - D(G(z))), whose gradient vanishes where D is sure that a sample is generated.
/// </summary>
internal sealed class Minimax : LogLoss
{
    /// <inheritdoc/>
    public override string Name => "minimax";

    /// <inheritdoc/>
    public override Tensor GeneratorLoss(Tensor fake, Tensor? real) => -fake.Softplus().mean();
}
