using GanPipeline.Training.Config;
using static TorchSharp.torch;

namespace GanPipeline.Training.Regularizers;

/// <summary>
/// Mescheder, Geiger, Nowozin 2018, "Which training methods for GANs do actually converge?", equation 9: weight/2 · E |∇D(x)|² on real samples.
/// </summary>
[Kind("r1")]
public sealed record R1Options : PenaltyOptions
{
    /// <summary>γ of the paper.</summary>
    public double Weight { get; set; } = 1;

    /// <inheritdoc/>
    public override PenaltyPlace Place => PenaltyPlace.Real;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.That(Weight is > 0 and <= 1e6, "regularizers.weight", "must be above 0 and at most 1000000", Weight);
    }

    /// <inheritdoc/>
    public override Tensor Penalty(PenaltyInput at) =>
        Slope(at.Real.Verdict, at.Real.Input).square().sum() * (Weight * Every / 2 / at.Real.Input.shape[0]);
}
