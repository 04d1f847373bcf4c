namespace GanPipeline.Training.Networks;

/// <summary>A generator with batch norm. A preset's keys of these options come after those of the networks that derive from it.</summary>
internal abstract record NormedGeneratorOptions : GeneratorOptions
{
    protected NormedGeneratorOptions(Initialization initialization) => Initialization = initialization;

    /// <summary>Added to the variance in batch norm.</summary>
    public double BatchNormEpsilon { get; set; } = 1e-5;

    /// <summary>Share of a new batch in batch norm's running statistics.</summary>
    public double BatchNormMomentum { get; set; } = 0.1;

    /// <summary>How the weights begin.</summary>
    public Initialization Initialization { get; set; }

    /// <inheritdoc/>
    public override void Validate() => ImageLayers.CheckBatchNorm(BatchNormEpsilon, BatchNormMomentum, "generator");

    protected BatchNorm2d Norm(long channels, NetworkContext context) =>
        nn.BatchNorm2d(channels, BatchNormEpsilon, BatchNormMomentum, device: context.Device);
}

/// <summary>A generator that begins with a small image and doubles its side, layer by layer.</summary>
internal abstract record DoublingGeneratorOptions : NormedGeneratorOptions
{
    protected DoublingGeneratorOptions(List<int> channels, Initialization initialization) : base(initialization) => Channels = channels;

    /// <summary>Channels of the small image and of what each doubling makes; a last convolution makes those of a sample.</summary>
    public List<int> Channels { get; set; }

    /// <summary>Side of the small image.</summary>
    public int Start { get; set; } = 7;

    /// <inheritdoc/>
    public override void Validate()
    {
        ImageLayers.CheckChannels(Channels, "generator.channels");
        ImageLayers.CheckStart(Start);
        base.Validate();
    }
}
