namespace GanPipeline.Training.Networks;

/// <summary>
/// The residual generator of Gulrajani et al. 2017, "Improved training of Wasserstein GANs", appendix F: Linear to a small image, residual blocks that double
/// its side, batch norm, ReLU, a convolution and tanh. Where there are classes, the blocks' batch norm is that of each class (Miyato and Koyama 2018, appendix
/// A).
/// </summary>
[Kind("resnet")]
internal sealed record ResnetGeneratorOptions() : DoublingGeneratorOptions([64, 32, 16], Initialization.HeUniform)
{
    /// <inheritdoc/>
    public override Generator Build(NetworkContext context)
    {
        ImageLayers.SquareImage(context, "resnet");
        ImageLayers.CheckMade((long)Start << (Channels.Count - 1), context, "'generator.start' and 'channels'");
        List<nn.Module> trunk =
        [
            nn.Linear(context.LatentSize, (long)Channels[0] * Start * Start, device: context.Device), nn.Unflatten(1, [Channels[0], Start, Start]),
        ];
        for (int i = 1; i < Channels.Count; i++) trunk.Add(Block(Channels[i - 1], Channels[i], context));
        List<Layer> end =
        [
            Norm(Channels[^1], context), nn.ReLU(),
            nn.Conv2d(Channels[^1], context.Format.Shape[0], 3, padding: 1, device: context.Device), nn.Tanh(),
        ];
        ConditionalSequential? label = context.ClassNames.Count == 0 ? null : new(trunk);
        Sequential body = nn.Sequential(label is null ? trunk.Cast<Layer>().Concat(end) : end);
        return new Generator(context.LatentSize, context.ClassNames, context.Format, label, body).Initialized(Initialization);
    }

    private nn.Module Block(long from, long to, NetworkContext context)
    {
        List<nn.Module> body =
        [
            ClassNorm(from, context), nn.ReLU(), nn.Upsample(scale_factor: [2, 2]), nn.Conv2d(from, to, 3, padding: 1, device: context.Device),
            ClassNorm(to, context), nn.ReLU(), nn.Conv2d(to, to, 3, padding: 1, device: context.Device),
        ];
        // A 1×1 convolution before the up-sampling gives what it gives after it, from a quarter of the pixels.
        Sequential shortcut = nn.Sequential(nn.Conv2d(from, to, 1, device: context.Device), nn.Upsample(scale_factor: [2, 2]));
        return context.ClassNames.Count == 0 ? new Residual(nn.Sequential(body.Cast<Layer>()), shortcut)
            : new ConditionalResidual(new ConditionalSequential(body), shortcut);
    }

    private nn.Module ClassNorm(long channels, NetworkContext context) => context.ClassNames.Count == 0 ? Norm(channels, context)
        : new ConditionalBatchNorm2d(context.ClassNames.Count, channels, BatchNormEpsilon, BatchNormMomentum, context.Device);
}

/// <summary>
/// The residual discriminator of Gulrajani et al. 2017, appendix F: blocks without any normalisation, the first of which halve the side by average pooling,
/// ReLU, the sum over the pixels, and Linear to the logits, which a class enters by projection.
/// </summary>
[Kind("resnet")]
internal sealed record ResnetDiscriminatorOptions : DiscriminatorOptions
{
    /// <summary>Channels that the blocks make.</summary>
    public List<int> Channels { get; set; } = [32, 64, 64];

    /// <summary>Blocks, from the first on, that halve the side.</summary>
    public int Halvings { get; set; } = 2;

    /// <summary>How the weights begin.</summary>
    public Initialization Initialization { get; set; } = Initialization.HeUniform;

    /// <inheritdoc/>
    public override void Validate()
    {
        ImageLayers.CheckChannels(Channels, "discriminator.channels");
        Require.That(Halvings >= 0 && Halvings <= Channels.Count, "discriminator.halvings", $"must be between 0 and the {Channels.Count} blocks", Halvings);
    }

    /// <inheritdoc/>
    public override Discriminator Build(NetworkContext context)
    {
        ImageLayers.CheckHalvings(Halvings, context, "resnet");
        long from = context.Format.Shape[0];
        var layers = new List<Layer>();
        for (int i = 0; i < Channels.Count; i++)
        {
            layers.Add(Block(from, Channels[i], first: i == 0, halves: i < Halvings, context.Device));
            from = Channels[i];
        }
        layers.AddRange([nn.ReLU(), new PixelSum()]);
        return Projection.Discriminator(layers, from, context).Initialized(Initialization);
    }

    private static Residual Block(long from, long to, bool first, bool halves, Device device)
    {
        List<Layer> body = first ? [] : [nn.ReLU()]; // a sample itself is not rectified
        body.AddRange([nn.Conv2d(from, to, 3, padding: 1, device: device), nn.ReLU(), nn.Conv2d(to, to, 3, padding: 1, device: device)]);
        List<Layer> shortcut = from == to ? [] : [nn.Conv2d(from, to, 1, device: device)];
        if (halves)
        {
            body.Add(nn.AvgPool2d(2));
            shortcut.Insert(0, nn.AvgPool2d(2)); // before a 1×1 convolution as good as after it, and cheaper
        }
        return new Residual(nn.Sequential(body), shortcut.Count == 0 ? null : nn.Sequential(shortcut));
    }
}

/// <summary>The sum over the pixels of each channel: images [N, C, H, W] to features [N, C].</summary>
internal sealed class PixelSum() : nn.Module<Tensor, Tensor>(nameof(PixelSum))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input.sum([2, 3]);
}
