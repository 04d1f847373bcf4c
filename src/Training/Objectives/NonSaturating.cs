namespace GanPipeline.Training.Objectives;

/// <summary>
/// Goodfellow et al. 2014, section 3, the modified loss: G minimises -log D(G(z)), whose gradient is largest where D is sure that a sample is generated.
/// </summary>
internal class NonSaturating : LogLoss
{
    /// <inheritdoc/>
    public override string Name => "non_saturating";

    /// <inheritdoc/>
    public override Tensor GeneratorLoss(Tensor fake, Tensor? real) => (-fake).Softplus().mean();
}
