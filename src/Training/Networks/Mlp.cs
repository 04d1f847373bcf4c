using GanPipeline.Training.Data;

namespace GanPipeline.Training.Networks;

/// <summary>Activation of a fully connected network's hidden layers.</summary>
internal enum Activation
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x, or slope · x below 0 (Maas et al. 2013).</summary>
    LeakyRelu,
}

/// <summary>A fully connected generator: Linear, batch norm and activation for each hidden layer, then Linear to the sample; images end in tanh.</summary>
[Kind("mlp")]
internal sealed record MlpGeneratorOptions : GeneratorOptions
{
    /// <summary>Widths of the hidden layers.</summary>
    public List<int> Hidden { get; set; } = [128, 256, 512];

    /// <summary>Whether the hidden layers after the first are batch-normalised; the first is not, so that the latent's scale reaches the network.</summary>
    public bool BatchNorm { get; set; }

    /// <summary>Added to the variance in batch norm.</summary>
    public double BatchNormEpsilon { get; set; } = 1e-5;

    /// <summary>Share of a new batch in batch norm's running statistics.</summary>
    public double BatchNormMomentum { get; set; } = 0.1;

    /// <summary>Activation of the hidden layers.</summary>
    public Activation Activation { get; set; } = Activation.LeakyRelu;

    /// <summary>Slope below 0 of the leaky activation.</summary>
    public double Slope { get; set; } = 0.2;

    /// <summary>Value of the hot entry of the class input.</summary>
    public double LabelScale { get; set; } = 1;

    /// <summary>How the weights begin.</summary>
    public Initialization Initialization { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Mlp.CheckWidths(Hidden, "generator.hidden");
        Require.That(BatchNormEpsilon is > 0 and <= 10, "generator.batch_norm_epsilon", "must be above 0 and at most 10", BatchNormEpsilon);
        Require.That(BatchNormMomentum is > 0 and <= 1, "generator.batch_norm_momentum", "must be above 0 and at most 1", BatchNormMomentum);
        Mlp.CheckInput(Slope, LabelScale, "generator");
    }

    /// <inheritdoc/>
    public override Generator Build(NetworkContext context)
    {
        OneHotConcat? label = Mlp.Label(context, LabelScale);
        long width = label?.OutputSize(context.LatentSize) ?? context.LatentSize;
        var layers = new List<Layer>();
        for (int i = 0; i < Hidden.Count; i++)
        {
            layers.Add(nn.Linear(width, Hidden[i], device: context.Device));
            if (BatchNorm && i > 0) layers.Add(nn.BatchNorm1d(Hidden[i], BatchNormEpsilon, BatchNormMomentum, device: context.Device));
            layers.Add(Mlp.Activate(Activation, Slope));
            width = Hidden[i];
        }
        layers.Add(nn.Linear(width, context.Format.Size, device: context.Device));
        if (context.Format.Kind == SampleFormat.Image) layers.AddRange([nn.Tanh(), nn.Unflatten(1, context.Format.Shape)]);
        return new Generator(context.LatentSize, context.ClassNames, context.Format, label, nn.Sequential(layers)).Initialized(Initialization);
    }
}

/// <summary>A fully connected discriminator: Linear, activation and dropout for each hidden layer, then Linear to the logits.</summary>
[Kind("mlp")]
internal sealed record MlpDiscriminatorOptions : DiscriminatorOptions
{
    /// <summary>Widths of the hidden layers.</summary>
    public List<int> Hidden { get; set; } = [512, 256];

    /// <summary>Dropout after each hidden layer; empty for none, else one rate a layer.</summary>
    public List<double> Dropout { get; set; } = [];

    /// <summary>Activation of the hidden layers.</summary>
    public Activation Activation { get; set; } = Activation.LeakyRelu;

    /// <summary>Slope below 0 of the leaky activation.</summary>
    public double Slope { get; set; } = 0.2;

    /// <summary>Value of the hot entry of the class input.</summary>
    public double LabelScale { get; set; } = 1;

    /// <summary>How the weights begin.</summary>
    public Initialization Initialization { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Mlp.CheckWidths(Hidden, "discriminator.hidden");
        Require.That(Dropout.Count == 0 || Dropout.Count == Hidden.Count, "discriminator.dropout",
            $"must be empty or hold one rate for each of the {Hidden.Count} hidden layers");
        Require.That(Dropout.All(p => p is >= 0 and < 1), "discriminator.dropout", "must hold rates of at least 0 and below 1");
        Mlp.CheckInput(Slope, LabelScale, "discriminator");
    }

    /// <inheritdoc/>
    public override Discriminator Build(NetworkContext context)
    {
        OneHotConcat? label = Mlp.Label(context, LabelScale);
        long width = label?.OutputSize(context.Format.Size) ?? context.Format.Size;
        var layers = new List<Layer>();
        for (int i = 0; i < Hidden.Count; i++)
        {
            layers.Add(nn.Linear(width, Hidden[i], device: context.Device));
            layers.Add(Mlp.Activate(Activation, Slope));
            if (Dropout.Count > 0 && Dropout[i] > 0) layers.Add(nn.Dropout(Dropout[i]));
            width = Hidden[i];
        }
        layers.Add(nn.Linear(width, context.Logits, device: context.Device));
        return new Discriminator(nn.Sequential(nn.Flatten()), label, nn.Sequential(layers)).Initialized(Initialization);
    }
}

/// <summary>What the two sides of a fully connected pair share.</summary>
internal static class Mlp
{
    public static OneHotConcat? Label(NetworkContext context, double scale) =>
        context.ClassNames.Count == 0 ? null : new(context.ClassNames.Count, scale, context.Device);

    public static Layer Activate(Activation activation, double slope) => activation == Activation.Relu ? nn.ReLU() : new LeakyRelu(slope);

    public static void CheckWidths(List<int> widths, string key) =>
        Require.That(widths.Count is >= 1 and <= 64 && widths.All(w => w is >= 1 and <= 1_000_000),
            key, "must list 1 to 64 layer widths between 1 and 1000000");

    public static void CheckInput(double slope, double labelScale, string key)
    {
        Require.That(slope is >= 0 and <= 1, $"{key}.slope", "must be between 0 and 1", slope);
        Require.That(labelScale is > 0 and <= 1000, $"{key}.label_scale", "must be above 0 and at most 1000", labelScale);
    }
}
