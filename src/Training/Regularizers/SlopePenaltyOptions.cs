using GanPipeline.Training.Updates;

namespace GanPipeline.Training.Regularizers;

/// <summary>weight/2 · E |∇D(x)|² over one batch (Mescheder, Geiger, Nowozin 2018, "Which training methods for GANs do actually converge?", section
/// 4.1).</summary>
internal abstract record SlopePenaltyOptions : PenaltyOptions
{
    /// <summary>γ of the paper.</summary>
    public double Weight { get; set; } = 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.That(Weight is > 0 and <= 1e6, "regularizers.weight", "must be above 0 and at most 1000000", Weight);
    }

    /// <summary>The penalty at the samples that D was run on.</summary>
    protected Tensor At(DiscriminatorPass pass) => Slope(pass.Output, pass.Input).Squared().sum().Times(Weight * Every / 2 / pass.Input.shape[0]);
}
