namespace GanPipeline.Training.Regularizers;

/// <summary>
/// Mescheder, Geiger, Nowozin 2018, "Which training methods for GANs do actually converge?", equation 9: weight/2 · E |∇D(x)|² on real samples.
/// </summary>
[Kind("r1")]
internal sealed record R1Options : SlopePenaltyOptions
{
    /// <inheritdoc/>
    public override PenaltyPlace Place => PenaltyPlace.Real;

    /// <inheritdoc/>
    public override Tensor Penalty(PenaltyInput at) => At(at.Real);
}
