namespace GanPipeline.Training.Regularizers;

/// <summary>
/// Gulrajani et al. 2017, "Improved training of Wasserstein GANs", equation 3: weight · E (|∇D(x̂)| - target)², x̂ uniform on the line from a real sample to a
/// generated one. The network had better have no batch norm: the penalty is one for each sample by itself (section 4).
/// </summary>
[Kind("gradient_penalty")]
internal sealed record GradientPenaltyOptions : PenaltyOptions
{
    /// <summary>λ of the paper.</summary>
    public double Weight { get; set; } = 10;

    /// <summary>The slope that D is drawn to: 1 in the paper, 0 for a penalty centred at zero.</summary>
    public double Target { get; set; } = 1;

    /// <inheritdoc/>
    public override PenaltyPlace Place => PenaltyPlace.Between;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.That(Weight is > 0 and <= 1e6, "regularizers.weight", "must be above 0 and at most 1000000", Weight);
        Require.That(Target is >= 0 and <= 1e6, "regularizers.target", "must be between 0 and 1000000", Target);
    }

    /// <inheritdoc/>
    public override Tensor Penalty(PenaltyInput at)
    {
        Tensor real = at.Real.Input.detach(), fake = at.Fake.Input.detach();
        long[] one = [real.shape[0], .. Enumerable.Repeat(1L, (int)real.dim() - 1)];
        Tensor x = real.Plus(at.Draws.Uniform(one) * (fake - real)).requires_grad_(true);
        Tensor slope = Slope(at.Discriminator.call(x, at.Label), x).flatten(1);
        // A slope of exactly 0 has a norm without gradient: 1e-12 below the root, far below float's resolution at 1, keeps it from being NaN.
        return slope.Squared().sum(1).Plus(1e-12).sqrt().Minus(Target).Squared().mean().Times(Weight * Every);
    }
}
