using GanPipeline.Training.Config;
using static TorchSharp.torch;

namespace GanPipeline.Training.Regularizers;

/// <summary>
/// Mescheder, Geiger, Nowozin 2018, equation 10: weight/2 · E |∇D(G(z))|² on generated samples.
/// </summary>
[Kind("r2")]
public sealed record R2Options : PenaltyOptions
{
    /// <summary>γ of the paper.</summary>
    public double Weight { get; set; } = 1;

    /// <inheritdoc/>
    public override PenaltyPlace Place => PenaltyPlace.Fake;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.That(Weight is > 0 and <= 1e6, "regularizers.weight", "must be above 0 and at most 1000000", Weight);
    }

    /// <inheritdoc/>
    public override Tensor Penalty(PenaltyInput at) =>
        Slope(at.Fake.Verdict, at.Fake.Input).square().sum() * (Weight * Every / 2 / at.Fake.Input.shape[0]);
}
