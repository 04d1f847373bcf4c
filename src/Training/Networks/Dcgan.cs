namespace GanPipeline.Training.Networks;

/// <summary>
/// The generator of Radford et al. 2016, "Unsupervised representation learning with deep convolutional generative adversarial networks": Linear to a small
/// image of many channels, then transposed convolutions, each with batch norm and ReLU, the last with tanh. A class enters as a one-hot vector beside the
/// latent.
/// </summary>
[Kind("dcgan")]
internal sealed record DcganGeneratorOptions() : NormedGeneratorOptions(Initialization.Dcgan)
{
    /// <summary>Channels of the small image and of those between; the last transposed convolution makes those of a sample.</summary>
    public List<int> Channels { get; set; } = [128, 64];

    /// <summary>Side of the small image.</summary>
    public int Start { get; set; } = 7;

    /// <summary>Side of the kernels: one number for each transposed convolution, or one for all.</summary>
    public List<int> Kernels { get; set; } = [4];

    /// <summary>Factors by which the image grows: one for each transposed convolution, or one for all.</summary>
    public List<int> Strides { get; set; } = [2];

    /// <summary>Rows and columns cut off at every side: one number for each transposed convolution, or one for all; empty for TensorFlow's "same".</summary>
    public List<int> Paddings { get; set; } = [1];

    /// <summary>Whether the small image has batch norm and ReLU, too.</summary>
    public bool FirstBatchNorm { get; set; } = true;

    /// <inheritdoc/>
    public override void Validate()
    {
        ImageLayers.CheckChannels(Channels, "generator.channels");
        ImageLayers.CheckStart(Start);
        ImageLayers.CheckConvolutions(Channels.Count, Kernels, Strides, Paddings, "generator");
        base.Validate();
    }

    /// <inheritdoc/>
    public override Generator Build(NetworkContext context)
    {
        ImageLayers.SquareImage(context, "dcgan");
        OneHotConcat? label = Mlp.Label(context, 1);
        var layers = new List<Layer>
        {
            nn.Linear(label?.OutputSize(context.LatentSize) ?? context.LatentSize, (long)Channels[0] * Start * Start, device: context.Device),
            nn.Unflatten(1, [Channels[0], Start, Start]),
        };
        if (FirstBatchNorm) layers.AddRange([Norm(Channels[0], context), nn.ReLU()]);
        long side = Start;
        for (int i = 0; i < Channels.Count; i++)
        {
            bool last = i == Channels.Count - 1;
            long to = last ? context.Format.Shape[0] : Channels[i + 1], kernel = Kernels.At(i), stride = Strides.At(i);
            if (Paddings.Count == 0) layers.Add(SamePadding.Transposed(Channels[i], to, kernel, stride, context.Device));
            else layers.Add(nn.ConvTranspose2d(Channels[i], to, (kernel, kernel), (stride, stride), (Paddings.At(i), Paddings.At(i)), device: context.Device));
            side = Paddings.Count == 0 ? side * stride : (side - 1) * stride - 2 * Paddings.At(i) + kernel;
            if (!last) layers.AddRange([Norm(to, context), nn.ReLU()]);
        }
        layers.Add(nn.Tanh());
        ImageLayers.CheckMade(side, context, "'generator.start', 'strides' and 'paddings'");
        return new Generator(context.LatentSize, context.ClassNames, context.Format, label, nn.Sequential(layers)).Initialized(Initialization);
    }
}

/// <summary>
/// The discriminator of Radford et al. 2016: strided convolutions, each with batch norm and LeakyReLU, then Linear to the
/// logits, which a class enters by projection.
/// </summary>
[Kind("dcgan")]
internal sealed record DcganDiscriminatorOptions : DiscriminatorOptions
{
    /// <summary>Channels that the convolutions make.</summary>
    public List<int> Channels { get; set; } = [64, 128];

    /// <summary>Side of the kernels: one number for each convolution, or one for all.</summary>
    public List<int> Kernels { get; set; } = [4];

    /// <summary>Strides: one for each convolution, or one for all.</summary>
    public List<int> Strides { get; set; } = [2];

    /// <summary>Zeros at every side: one number for each convolution, or one for all; empty for TensorFlow's "same".</summary>
    public List<int> Paddings { get; set; } = [1];

    /// <summary>Whether the convolutions after the first have batch norm.</summary>
    public bool BatchNorm { get; set; } = true;

    /// <summary>Whether the first one has it, too.</summary>
    public bool FirstBatchNorm { get; set; }

    /// <summary>Added to the variance in batch norm.</summary>
    public double BatchNormEpsilon { get; set; } = 1e-5;

    /// <summary>Share of a new batch in batch norm's running statistics.</summary>
    public double BatchNormMomentum { get; set; } = 0.1;

    /// <summary>Slope below 0 of the leaky activation.</summary>
    public double Slope { get; set; } = 0.2;

    /// <summary>How the weights begin.</summary>
    public Initialization Initialization { get; set; } = Initialization.Dcgan;

    /// <inheritdoc/>
    public override void Validate()
    {
        ImageLayers.CheckChannels(Channels, "discriminator.channels");
        ImageLayers.CheckConvolutions(Channels.Count, Kernels, Strides, Paddings, "discriminator");
        ImageLayers.CheckBatchNorm(BatchNormEpsilon, BatchNormMomentum, "discriminator");
        Require.That(Slope is >= 0 and <= 1, "discriminator.slope", "must be between 0 and 1", Slope);
    }

    /// <inheritdoc/>
    public override Discriminator Build(NetworkContext context)
    {
        long side = ImageLayers.SquareImage(context, "dcgan"), from = context.Format.Shape[0];
        var layers = new List<Layer>();
        for (int i = 0; i < Channels.Count; i++)
        {
            (IEnumerable<Layer> convolution, side) = ImageLayers.Convolution(from, Channels[i], Kernels.At(i), Strides.At(i), Paddings, i, side,
                context.Device);
            layers.AddRange(convolution);
            from = Channels[i];
            if (i == 0 ? FirstBatchNorm : BatchNorm) layers.Add(nn.BatchNorm2d(from, BatchNormEpsilon, BatchNormMomentum, device: context.Device));
            layers.Add(new LeakyRelu(Slope));
        }
        layers.Add(nn.Flatten());
        return Projection.Discriminator(layers, from * side * side, context).Initialized(Initialization);
    }
}
