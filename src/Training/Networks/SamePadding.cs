namespace GanPipeline.Training.Networks;

/// <summary>
/// TensorFlow's padding "same": an image of side n leaves a convolution of stride s with side ceil(n / s), and a transposed one with side n · s. Where the
/// padding that this takes is odd, its larger half lies at the bottom and right ("Neural network operations: padding", tf.nn). libtorch pads both sides alike,
/// so there the rest is done beside it.
/// </summary>
internal static class SamePadding
{
    /// <summary>A convolution's layers and the side of what comes out.</summary>
    /// <param name="from">Channels that go in.</param>
    /// <param name="to">Channels that come out.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="stride">Pixels from one place of the kernel to the next.</param>
    /// <param name="side">Side of the image that goes in.</param>
    /// <param name="device">Where the network lives.</param>
    public static (IEnumerable<Layer> Layers, long Side) Convolution(long from, long to, long kernel, long stride, long side, Device device)
    {
        long outSide = (side + stride - 1) / stride, total = Math.Max(0, (outSide - 1) * stride + kernel - side), before = total / 2, after = total - before;
        Layer convolution = nn.Conv2d(from, to, kernel, stride, before, device: device);
        return before == after ? ([convolution], outSide) : ([nn.ZeroPad2d((0, after - before, 0, after - before)), convolution], outSide);
    }

    /// <summary>A transposed convolution, the gradient of the convolution that goes the other way: what that one pads, this one cuts off.</summary>
    /// <param name="from">Channels that go in.</param>
    /// <param name="to">Channels that come out.</param>
    /// <param name="kernel">Side of the kernel, at least the stride.</param>
    /// <param name="stride">Factor by which the image grows.</param>
    /// <param name="device">Where the network lives.</param>
    public static Layer Transposed(long from, long to, long kernel, long stride, Device device)
    {
        long before = (kernel - stride) / 2;
        ConvTranspose2d convolution = nn.ConvTranspose2d(from, to, (kernel, kernel), (stride, stride), (before, before), device: device);
        long crop = kernel - stride - 2 * before;
        return crop == 0 ? convolution : new CroppedConvTranspose2d(convolution, crop);
    }
}
