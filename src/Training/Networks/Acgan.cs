namespace GanPipeline.Training.Networks;

/// <summary>
/// A generator in the manner of Odena et al. 2017, "Conditional image synthesis with auxiliary classifier GANs": the latent times a learned vector of the
/// class, Linear to a small image, then up-sampling by 2 and a 3×3 convolution in turn, with batch norm after each ReLU; a last convolution and tanh.
/// </summary>
[Kind("acgan")]
internal sealed record AcganGeneratorOptions() : DoublingGeneratorOptions([128, 128, 64], Initialization.Torch)
{
    /// <inheritdoc/>
    public override Generator Build(NetworkContext context)
    {
        ImageLayers.SquareImage(context, "acgan");
        EmbeddingProduct? label = context.ClassNames.Count == 0 ? null : new(context.ClassNames.Count, context.LatentSize, context.Device);
        List<Layer> layers =
        [
            nn.Linear(context.LatentSize, (long)Channels[0] * Start * Start, device: context.Device), nn.ReLU(),
            nn.Unflatten(1, [Channels[0], Start, Start]), Norm(Channels[0], context),
        ];
        for (int i = 1; i < Channels.Count; i++)
            layers.AddRange([new UpsampledConv2d(Convolution(Channels[i - 1], Channels[i], context)), nn.ReLU(), Norm(Channels[i], context)]);
        layers.AddRange([Convolution(Channels[^1], context.Format.Shape[0], context), nn.Tanh()]);
        ImageLayers.CheckMade((long)Start << (Channels.Count - 1), context, "'generator.start' and 'channels'");
        return new Generator(context.LatentSize, context.ClassNames, context.Format, label, nn.Sequential(layers)).Initialized(Initialization);
    }

    private static Conv2d Convolution(long from, long to, NetworkContext context) => nn.Conv2d(from, to, 3, padding: 1, device: context.Device);
}

/// <summary>
/// A discriminator with an auxiliary classifier (Odena et al. 2017): convolutions with TensorFlow's padding "same", each with LeakyReLU, dropout and, between
/// the first and the last, batch norm; then two linear heads, one for the logits and one for the class. It has to tell the class, so it is not told of it.
/// </summary>
[Kind("acgan")]
internal sealed record AcganDiscriminatorOptions : DiscriminatorOptions
{
    private const int Kernel = 3;

    /// <summary>Channels that the convolutions make.</summary>
    public List<int> Channels { get; set; } = [16, 32, 64, 128];

    /// <summary>Strides: one for each convolution, or one for all.</summary>
    public List<int> Strides { get; set; } = [2, 2, 2, 1];

    /// <summary>Rows and columns of zeros added at the bottom and right after a convolution: one number for each, or one for all.</summary>
    public List<int> ExtraPaddings { get; set; } = [0];

    /// <summary>Share of the activations that dropout takes away.</summary>
    public double Dropout { get; set; } = 0.25;

    /// <summary>Slope below 0 of the leaky activation.</summary>
    public double Slope { get; set; } = 0.2;

    /// <summary>Added to the variance in batch norm.</summary>
    public double BatchNormEpsilon { get; set; } = 1e-5;

    /// <summary>Share of a new batch in batch norm's running statistics.</summary>
    public double BatchNormMomentum { get; set; } = 0.1;

    /// <summary>How the weights begin.</summary>
    public Initialization Initialization { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        ImageLayers.CheckChannels(Channels, "discriminator.channels");
        ImageLayers.CheckList(Strides, Channels.Count, 1, Kernel, "discriminator.strides");
        ImageLayers.CheckList(ExtraPaddings, Channels.Count, 0, 31, "discriminator.extra_paddings");
        ImageLayers.CheckBatchNorm(BatchNormEpsilon, BatchNormMomentum, "discriminator");
        Require.That(Dropout is >= 0 and < 1, "discriminator.dropout", "must be at least 0 and below 1", Dropout);
        Require.That(Slope is >= 0 and <= 1, "discriminator.slope", "must be between 0 and 1", Slope);
    }

    /// <inheritdoc/>
    public override Discriminator Build(NetworkContext context)
    {
        long side = ImageLayers.SquareImage(context, "acgan"), from = context.Format.Shape[0];
        var layers = new List<Layer>();
        for (int i = 0; i < Channels.Count; i++)
        {
            (IEnumerable<Layer> convolution, side) = SamePadding.Convolution(from, Channels[i], Kernel, Strides.At(i), side, context.Device);
            layers.AddRange(convolution);
            (from, int extra) = (Channels[i], ExtraPaddings.At(i));
            if (extra > 0) layers.Add(nn.ZeroPad2d((0, extra, 0, extra)));
            side += extra;
            layers.Add(new LeakyRelu(Slope));
            if (Dropout > 0) layers.Add(nn.Dropout(Dropout));
            if (i > 0 && i < Channels.Count - 1) layers.Add(nn.BatchNorm2d(from, BatchNormEpsilon, BatchNormMomentum, device: context.Device));
        }
        layers.Add(nn.Flatten());
        long features = from * side * side;
        Linear? classes = context.ClassNames.Count == 0 ? null : nn.Linear(features, context.ClassNames.Count, device: context.Device);
        Sequential body = nn.Sequential(nn.Linear(features, context.Logits, device: context.Device));
        return new Discriminator(nn.Sequential(layers), null, body, classes).Initialized(Initialization);
    }
}
