namespace GanPipeline.Training.Networks;

/// <summary>
/// A transposed convolution that loses more rows and columns at the bottom and the right than its padding takes off every side, as TensorFlow's "same" does
/// where kernel and stride differ by an odd number.
/// </summary>
internal sealed class CroppedConvTranspose2d : nn.Module<Tensor, Tensor>
{
    /// <summary>Puts it together from the convolution, which it then owns.</summary>
    /// <param name="convolution">The trained layer.</param>
    /// <param name="crop">Rows and columns that are cut off at the bottom and the right beyond the padding, at least 1.</param>
    public CroppedConvTranspose2d(ConvTranspose2d convolution, long crop) : base(nameof(CroppedConvTranspose2d))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(crop, 1);
        (Convolution, Crop) = (convolution, crop);
        register_module("convolution", convolution);
    }

    /// <summary>The trained layer.</summary>
    public ConvTranspose2d Convolution { get; }

    /// <summary>Rows and columns that are cut off at the bottom and the right, beyond the padding.</summary>
    public long Crop { get; }

    /// <summary>From [N, C, H, W] to [N, D, (H - 1) · stride + kernel - 2 · padding - crop, ...].</summary>
    public override Tensor forward(Tensor input)
    {
        Tensor whole = Convolution.call(input);
        return whole.narrow(2, 0, whole.shape[2] - Crop).narrow(3, 0, whole.shape[3] - Crop).contiguous();
    }
}
