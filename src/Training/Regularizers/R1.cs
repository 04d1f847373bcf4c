using GanPipeline.Training.Config;
using GanPipeline.Training.Networks;
using static TorchSharp.torch;

namespace GanPipeline.Training.Regularizers;

/// <summary>
/// Mescheder, Geiger, Nowozin 2018, "Which training methods for GANs do actually converge?", equation 9: weight/2 · E |∇D(x)|² on real samples.
/// </summary>
[Kind("r1")]
public sealed record R1Options : RegularizerOptions
{
    /// <summary>γ of the paper.</summary>
    public double Weight { get; set; } = 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.That(Weight is > 0 and <= 1e6, "regularizers.weight", "must be above 0 and at most 1000000", Weight);
    }

    /// <inheritdoc/>
    public override Tensor Penalty(Discriminator discriminator, Tensor real, Tensor fake, Tensor? label)
    {
        Tensor x = real.detach().requires_grad_(true);
        // Without retain_graph TorchSharp frees the graph that the penalty's own backward pass still needs.
        Tensor gradient = autograd.grad([discriminator.call(x, label).Realness.sum()], [x], retain_graph: true, create_graph: true)[0];
        return gradient.square().sum() * (Weight * Every / 2 / real.shape[0]);
    }
}
