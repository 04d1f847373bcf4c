namespace GanPipeline.Training.Networks;

/// <summary>
/// A generator in the manner of Huang et al. 2024, "The GAN is dead; long live the GAN! A modern GAN baseline", section 3: residual blocks of 1×1, grouped 3×3
/// and 1×1 convolutions with LeakyReLU, no normalisation, and initial weights after fix-up (Zhang et al. 2019). Up-sampling is nearest and the end is tanh. A
/// class enters as a one-hot vector beside the latent.
/// </summary>
[Kind("r3gan")]
internal sealed record R3ganGeneratorOptions : GeneratorOptions
{
    /// <summary>Channels at each size of the image, the smallest first.</summary>
    public List<int> Channels { get; set; } = [96, 64, 32];

    /// <summary>Side of the smallest image.</summary>
    public int Start { get; set; } = 7;

    /// <summary>Residual blocks at each size.</summary>
    public int Blocks { get; set; } = 1;

    /// <summary>Channels inside a block for each one outside.</summary>
    public int Expansion { get; set; } = 2;

    /// <summary>Channels in each group of the 3×3 convolutions; it must divide the channels inside.</summary>
    public int GroupSize { get; set; } = 16;

    /// <inheritdoc/>
    public override void Validate()
    {
        ImageLayers.CheckStart(Start);
        R3gan.Check(Channels, Blocks, Expansion, GroupSize, "generator");
    }

    /// <inheritdoc/>
    public override Generator Build(NetworkContext context)
    {
        ImageLayers.SquareImage(context, "r3gan");
        ImageLayers.CheckMade((long)Start << (Channels.Count - 1), context, "'generator.start' and 'channels'");
        var build = new R3gan(Channels.Count * Blocks, Expansion, GroupSize, context.Device);
        OneHotConcat? label = Mlp.Label(context, 1);
        long latent = label?.OutputSize(context.LatentSize) ?? context.LatentSize;
        List<Layer> layers = [nn.Linear(latent, (long)Channels[0] * Start * Start, device: context.Device), nn.Unflatten(1, [Channels[0], Start, Start])];
        for (int i = 0; i < Channels.Count; i++)
        {
            if (i > 0) layers.AddRange([.. build.Widen(Channels[i - 1], Channels[i]), nn.Upsample(scale_factor: [2, 2])]);
            for (int block = 0; block < Blocks; block++) layers.Add(build.Block(Channels[i]));
        }
        layers.AddRange([build.Convolution(Channels[^1], context.Format.Shape[0], 3, 1, gain: 1), nn.Tanh()]);
        return new Generator(context.LatentSize, context.ClassNames, context.Format, label, nn.Sequential(layers));
    }
}

/// <summary>
/// The discriminator of the same paper: the generator's blocks in the opposite order with average pooling between them, a depthwise convolution over the whole
/// of the smallest image, and Linear to the logits, which a class enters by projection.
/// </summary>
[Kind("r3gan")]
internal sealed record R3ganDiscriminatorOptions : DiscriminatorOptions
{
    /// <summary>Channels at each size of the image, the largest first.</summary>
    public List<int> Channels { get; set; } = [32, 64, 96];

    /// <summary>Residual blocks at each size.</summary>
    public int Blocks { get; set; } = 1;

    /// <summary>Channels inside a block for each one outside.</summary>
    public int Expansion { get; set; } = 2;

    /// <summary>Channels in each group of the 3×3 convolutions; it must divide the channels inside.</summary>
    public int GroupSize { get; set; } = 16;

    /// <inheritdoc/>
    public override void Validate() => R3gan.Check(Channels, Blocks, Expansion, GroupSize, "discriminator");

    /// <inheritdoc/>
    public override Discriminator Build(NetworkContext context)
    {
        long side = ImageLayers.CheckHalvings(Channels.Count - 1, context, "r3gan");
        var build = new R3gan(Channels.Count * Blocks, Expansion, GroupSize, context.Device);
        List<Layer> layers = [build.Convolution(context.Format.Shape[0], Channels[0], 1, 1, gain: 1)];
        for (int i = 0; i < Channels.Count; i++)
        {
            if (i > 0) layers.AddRange([nn.AvgPool2d(2), .. build.Widen(Channels[i - 1], Channels[i])]);
            for (int block = 0; block < Blocks; block++) layers.Add(build.Block(Channels[i]));
        }
        layers.AddRange([nn.Conv2d(Channels[^1], Channels[^1], side, groups: Channels[^1], bias: false, device: context.Device), nn.Flatten()]);
        return Projection.Discriminator(layers, Channels[^1], context);
    }
}

/// <summary>The parts that both sides are built of.</summary>
/// <param name="blocks">Residual blocks of the network, which the initial weights depend on.</param>
/// <param name="expansion">Channels inside a block for each one outside.</param>
/// <param name="groupSize">Channels in each group of the 3×3 convolutions.</param>
/// <param name="device">Where the network lives.</param>
internal sealed class R3gan(int blocks, int expansion, int groupSize, Device device)
{
    private const double Slope = 0.2;
    private static readonly double Gain = Math.Sqrt(2 / (1 + Slope * Slope)); // keeps the variance through LeakyReLU (He et al. 2015, equation 15)

    public static void Check(List<int> channels, int blocks, int expansion, int groupSize, string key)
    {
        ImageLayers.CheckChannels(channels, $"{key}.channels");
        Require.That(blocks is >= 1 and <= 64, $"{key}.blocks", "must be between 1 and 64", blocks);
        Require.That(expansion is >= 1 and <= 16, $"{key}.expansion", "must be between 1 and 16", expansion);
        Require.That(groupSize >= 1 && channels.All(c => c * expansion % groupSize == 0), $"{key}.group_size",
            "must divide channels times expansion at every size", groupSize);
    }

    /// <summary>
    /// Fix-up: the last convolution begins at 0, so that each block begins as the identity, and the two before it are scaled by L^(-1/4) for L blocks of three
    /// convolutions (Zhang et al. 2019, "Fixup initialization", section 3).
    /// </summary>
    public Layer Block(long channels)
    {
        long inside = channels * expansion;
        double gain = Gain * Math.Pow(blocks, -0.25);
        return new Residual(nn.Sequential(
            Convolution(channels, inside, 1, 1, gain), new LeakyRelu(Slope), Convolution(inside, inside, 3, inside / groupSize, gain), new LeakyRelu(Slope),
            Convolution(inside, channels, 1, 1, gain: 0)));
    }

    /// <summary>From one number of channels to another: nothing where they are equal.</summary>
    public IEnumerable<Layer> Widen(long from, long to) => from == to ? [] : [Convolution(from, to, 1, 1, gain: 1)];

    /// <summary>A convolution that keeps the size, with weights N(0, gain / sqrt(inputs)) and biases 0.</summary>
    public Layer Convolution(long from, long to, long kernel, long groups, double gain)
    {
        Conv2d convolution = nn.Conv2d(from, to, kernel, padding: kernel / 2, groups: groups, device: device);
        nn.init.normal_(convolution.weight, 0, gain / Math.Sqrt(from / groups * kernel * kernel));
        nn.init.zeros_(convolution.bias!);
        return convolution;
    }
}
