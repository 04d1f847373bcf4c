using GanPipeline.Training.Optimization;

namespace GanPipeline.Training.Regularizers;

/// <summary>A rule that holds the discriminator's weights in bounds; there can be one.</summary>
internal abstract record WeightRuleOptions : RegularizerOptions
{
    /// <inheritdoc/>
    public override string? ConflictWith(RunOptions options) =>
        options.Regularizers.OfType<WeightRuleOptions>().Count() > 1 ? "weight_clipping and spectral_norm both bound D's weights; use one of them" : null;

    /// <summary>The rule at work on a network.</summary>
    public abstract WeightRule Bind(FlatNetwork network);
}

/// <summary>A rule at work: it stands between the weights that the optimiser moves and those that the network computes with.</summary>
/// <param name="network">The network whose weights it rules.</param>
internal abstract class WeightRule(FlatNetwork network) : IDisposable
{
    /// <summary>The network whose weights it rules.</summary>
    protected FlatNetwork Network { get; } = network;

    /// <summary>[P] the weights that the optimiser moves.</summary>
    public virtual Tensor Weights => Network.Parameters;

    /// <summary>What else belongs to the state of a run.</summary>
    public virtual IEnumerable<(string Name, Tensor Tensor)> State => [];

    /// <summary>Turns the gradients of the network's weights into those of <see cref="Weights"/>, in place; called before the optimiser steps.</summary>
    public virtual void ChangeGradients() { }

    /// <summary>Brings the network's weights to what the rule makes of <see cref="Weights"/>; called after the optimiser's step.</summary>
    public abstract void Apply();

    /// <summary>The same after a state was loaded, which must change nothing that a run without a stop would not have changed.</summary>
    public virtual void Restore() { }

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
