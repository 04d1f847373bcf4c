namespace GanPipeline.Training.Networks;

/// <summary>One module after the other, where those that take the class (<see cref="LabelInput"/>) get it.</summary>
internal sealed class ConditionalSequential : LabelInput
{
    private readonly nn.Module[] _modules;

    /// <summary>Puts modules in a row, which it then owns: each a layer from tensor to tensor or a <see cref="LabelInput"/>.</summary>
    public ConditionalSequential(IEnumerable<nn.Module> modules) : base(nameof(ConditionalSequential))
    {
        _modules = [.. modules];
        for (int i = 0; i < _modules.Length; i++) register_module($"{i}", _modules[i]);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor label) =>
        _modules.Aggregate(features, (value, module) => module is LabelInput input ? input.call(value, label) : ((Layer)module).call(value));
}

/// <summary>A <see cref="Residual"/> block whose body takes the class.</summary>
internal sealed class ConditionalResidual : LabelInput
{
    /// <summary>Puts a block together from its parts, which it then owns.</summary>
    /// <param name="body">From [N, ...] to the shape of the sum.</param>
    /// <param name="shortcut">From [N, ...] to the shape of the sum; null where the body keeps the shape.</param>
    public ConditionalResidual(ConditionalSequential body, Layer? shortcut = null) : base(nameof(ConditionalResidual))
    {
        (Body, Shortcut) = (body, shortcut);
        register_module("body", body);
        if (shortcut is not null) register_module("shortcut", shortcut);
    }

    /// <summary>The trained layer.</summary>
    public ConditionalSequential Body { get; }

    /// <summary>What the input goes through before the sum; null for nothing.</summary>
    public Layer? Shortcut { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor label) => (Shortcut is null ? features : Shortcut.call(features)).Plus(Body.call(features, label));
}

/// <summary>
/// Batch norm of images with a weight and a bias of each class (de Vries et al. 2017, "Modulating early visual processing by language", section 3.1; in a
/// generator: Miyato and Koyama 2018).
/// </summary>
internal sealed class ConditionalBatchNorm2d : LabelInput
{
    /// <summary>Makes it with weights 1 and biases 0.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="channels">Channels of the images.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="momentum">Share of a new batch in the running statistics.</param>
    /// <param name="device">Where the networks live.</param>
    public ConditionalBatchNorm2d(int classes, long channels, double epsilon, double momentum, Device device) : base(nameof(ConditionalBatchNorm2d))
    {
        Norm = nn.BatchNorm2d(channels, epsilon, momentum, affine: false, device: device);
        (Weight, Bias) = (new ClassVectors(classes, channels, device), new ClassVectors(classes, channels, device));
        register_module("norm", Norm);
        register_module("weight", Weight);
        register_module("bias", Bias);
        nn.init.ones_(Weight.Weight);
        nn.init.zeros_(Bias.Weight);
    }

    /// <summary>To mean 0 and variance 1 over the batch, whatever the classes.</summary>
    public BatchNorm2d Norm { get; }

    /// <summary>What a channel is multiplied by, [classes, C].</summary>
    public ClassVectors Weight { get; }

    /// <summary>What is added to it, [classes, C].</summary>
    public ClassVectors Bias { get; }

    /// <summary>From [N, C, H, W] to the same shape.</summary>
    public override Tensor forward(Tensor features, Tensor label) =>
        addcmul(Bias.call(label).unsqueeze(-1).unsqueeze(-1), Norm.call(features), Weight.call(label).unsqueeze(-1).unsqueeze(-1), Held.One);
}
