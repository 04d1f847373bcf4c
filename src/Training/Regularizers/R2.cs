namespace GanPipeline.Training.Regularizers;

/// <summary>
/// Mescheder, Geiger, Nowozin 2018, equation 10: weight/2 · E |∇D(G(z))|² on generated samples.
/// </summary>
[Kind("r2")]
internal sealed record R2Options : SlopePenaltyOptions
{
    /// <inheritdoc/>
    public override PenaltyPlace Place => PenaltyPlace.Fake;

    /// <inheritdoc/>
    public override Tensor Penalty(PenaltyInput at) => At(at.Fake);
}
