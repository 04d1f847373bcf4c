using GanPipeline.Training.Optimization;

namespace GanPipeline.Training.Regularizers;

/// <summary>Arjovsky, Chintala, Bottou 2017, "Wasserstein GAN", algorithm 1: after every step of D each of its weights is clipped to [-limit, limit].</summary>
[Kind("weight_clipping")]
internal sealed record WeightClippingOptions : WeightRuleOptions
{
    /// <summary>c of the paper.</summary>
    public double Limit { get; set; } = 0.01;

    /// <inheritdoc/>
    public override void Validate() => Require.That(Limit is > 0 and <= 1000, "regularizers.limit", "must be above 0 and at most 1000", Limit);

    /// <inheritdoc/>
    public override string? ConflictWith(RunOptions options) => base.ConflictWith(options)
        ?? (options.Regularizers.OfType<GradientPenaltyOptions>().Any()
            ? "weight_clipping and gradient_penalty are two ways to bound D's slope that fight each other; use one of them" : null);

    /// <inheritdoc/>
    public override WeightRule Bind(FlatNetwork network) => new Rule(network, Limit);

    private sealed class Rule(FlatNetwork network, double limit) : WeightRule(network)
    {
        public override void Apply()
        {
            using IDisposable noGradient = no_grad();
            Network.Parameters.Clip(-limit, limit);
        }
    }
}
