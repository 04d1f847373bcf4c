using TorchSharp;

namespace GanPipeline.Training.Networks;

/// <summary>How a class index enters a network: features [N, ...] and labels [N] int64 in, features [N, ...] out.</summary>
internal abstract class LabelInput(string name) : nn.Module<Tensor, Tensor, Tensor>(name);

/// <summary>
/// The class as a one-hot vector beside the features (Mirza and Osindero 2014, section 3.2), times a scale: 1 in the paper. A larger scale makes the class a
/// louder input beside a latent vector of many entries, so class accuracy rises earlier in training.
/// </summary>
internal sealed class OneHotConcat : LabelInput
{
    private readonly Tensor _rows;

    /// <summary>Makes the input for a number of classes.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="scale">Value of the hot entry.</param>
    /// <param name="device">Where the networks live.</param>
    public OneHotConcat(int classes, double scale, Device device) : base(nameof(OneHotConcat))
    {
        (Classes, Scale) = (classes, scale);
        // One row a class: picking rows is one operation, where one-hot, convert and multiply would be three.
        _rows = eye(classes, device: device).Multiply(scale).DetachFromDisposeScope();
        // Said before TorchSharp finds the field by itself: a constant is no running statistic, to be averaged and saved.
        register_buffer(nameof(_rows), _rows, persistent: false);
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Value of the hot entry.</summary>
    public double Scale { get; }

    /// <summary>Features that come out for <paramref name="features"/> that go in.</summary>
    public long OutputSize(long features) => features + Classes;

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor label) => cat([features, _rows.index_select(0, label)], 1);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _rows.Dispose();
        base.Dispose(disposing);
    }
}
