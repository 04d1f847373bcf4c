using TorchSharp;

namespace GanPipeline.Training.Networks;

/// <summary>
/// A learned vector for each class: labels [N] int64 in, vectors [N, length] out. What nn.Embedding does too, but that one's weight lies in native code, where
/// it cannot be made a view of the network's flat parameters: it would never be trained.
/// </summary>
internal sealed class ClassVectors : nn.Module<Tensor, Tensor>
{
    /// <summary>Makes vectors drawn from N(0, 1), as PyTorch's embedding.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="length">Length of each vector.</param>
    /// <param name="device">Where the networks live.</param>
    public ClassVectors(int classes, long length, Device device) : base(nameof(ClassVectors))
    {
        Weight = new Parameter(randn(classes, length, device: device));
        Weight.DetachFromDisposeScope();
        register_parameter("weight", Weight);
    }

    /// <summary>The vectors, [classes, length].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor label) => Weight.index_select(0, label);
}
