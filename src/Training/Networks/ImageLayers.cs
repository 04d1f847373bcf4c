using GanPipeline.Training.Data;

namespace GanPipeline.Training.Networks;

/// <summary>What the networks of images share.</summary>
internal static class ImageLayers
{
    private const int MostLayers = 16, MostChannels = 65536;

    /// <summary>The number of a layer in a list that holds one for each, or one for all.</summary>
    public static int At(this List<int> list, int layer) => list[list.Count == 1 ? 0 : layer];

    /// <summary>The side of the samples, which must be square images.</summary>
    /// <exception cref="UserErrorException">They are not.</exception>
    public static long SquareImage(NetworkContext context, string network)
    {
        SampleFormat format = context.Format;
        return format.Kind == SampleFormat.Image && format.Shape[1] == format.Shape[2] ? format.Shape[1]
            : throw new UserErrorException($"'network: {network}' takes square images, but a sample is of kind '{format.Kind}' and shape " +
                $"[{string.Join(", ", format.Shape)}]; " +
                "use 'network: mlp', or resize the images.");
    }

    /// <summary>A convolution with its number of zeros at every side, or with TensorFlow's padding "same" where the list is empty; and the side of what comes
    /// out.</summary>
    public static (IEnumerable<Layer> Layers, long Side) Convolution(
        long from, long to, int kernel, int stride, List<int> paddings, int layer, long side, Device device)
    {
        if (paddings.Count == 0) return SamePadding.Convolution(from, to, kernel, stride, side, device);
        long outSide = (side + 2 * paddings.At(layer) - kernel) / stride + 1;
        if (side + 2 * paddings.At(layer) < kernel)
            throw new UserErrorException($"'discriminator.kernels': a kernel of {kernel} does not fit into the image of {side} x {side} that reaches layer " +
                $"{layer}; " +
                "use fewer layers, smaller strides or more padding.");
        return ([nn.Conv2d(from, to, kernel, stride, paddings.At(layer), device: device)], outSide);
    }

    /// <summary>The side that is left of an image after it has been halved so many times.</summary>
    /// <exception cref="UserErrorException">It cannot be halved so often.</exception>
    public static long CheckHalvings(int halvings, NetworkContext context, string network)
    {
        long side = SquareImage(context, network);
        return side % (1L << halvings) == 0 ? side >> halvings
            : throw new UserErrorException($"the discriminator halves the side of an image {halvings} times, which {side} cannot be; halve it less often, or " +
                $"resize the data.");
    }

    /// <summary>Refuses a generator whose images have another size than the data's.</summary>
    public static void CheckMade(long side, NetworkContext context, string keys)
    {
        if (side != context.Format.Shape[1])
            throw new UserErrorException($"the generator gives images of {side} x {side}, but the data's are {context.Format.Shape[1]} x " +
                $"{context.Format.Shape[2]}; " +
                $"change {keys}, or resize the data.");
    }

    public static void CheckChannels(List<int> channels, string key) =>
        Require.That(channels.Count is >= 1 and <= MostLayers && channels.All(c => c is >= 1 and <= MostChannels),
        key, $"must list 1 to {MostLayers} numbers of channels between 1 and {MostChannels}");

    public static void CheckStart(int start) => Require.That(start is >= 1 and <= 1024, "generator.start", "must be between 1 and 1024", start);

    public static void CheckConvolutions(int layers, List<int> kernels, List<int> strides, List<int> paddings, string key)
    {
        CheckList(kernels, layers, 1, 31, $"{key}.kernels");
        CheckList(strides, layers, 1, 8, $"{key}.strides");
        if (paddings.Count == 0)
            Require.That(Enumerable.Range(0, layers).All(i => kernels.At(i) >= strides.At(i)), $"{key}.paddings",
                "may be empty only where no stride is larger than its kernel");
        else CheckList(paddings, layers, 0, 31, $"{key}.paddings");
    }

    public static void CheckBatchNorm(double epsilon, double momentum, string key)
    {
        Require.That(epsilon is > 0 and <= 10, $"{key}.batch_norm_epsilon", "must be above 0 and at most 10", epsilon);
        Require.That(momentum is > 0 and <= 1, $"{key}.batch_norm_momentum", "must be above 0 and at most 1", momentum);
    }

    /// <summary>One number for all layers, or one for each, in a range.</summary>
    public static void CheckList(List<int> list, int layers, int least, int most, string key)
    {
        Require.That(list.Count == 1 || list.Count == layers, key, $"must hold one number for all or one for each of the {layers} layers");
        Require.That(list.All(n => n >= least && n <= most), key, $"must hold numbers between {least} and {most}");
    }
}
