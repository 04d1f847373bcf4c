using GanPipeline.Onnx;
using GanPipeline.Tables;

namespace GanPipeline.Training.Networks;

/// <summary>
/// A generator of table rows, after CTGAN (Xu et al. 2019, section 4.4): fully connected layers of which each also hands on what flowed into it, then
/// <see cref="TableBody"/>'s choices. Its latent vector is longer than the preset's by a number for each slot of the code.
/// </summary>
[Kind("table")]
internal sealed record TableGeneratorOptions : GeneratorOptions
{
    /// <summary>Widths of the hidden layers.</summary>
    public List<int> Hidden { get; set; } = [256, 256];

    /// <summary>Whether hidden layers are batch-normalised.</summary>
    public bool BatchNorm { get; set; } = true;

    /// <summary>Value of the hot entry of the class input.</summary>
    public double LabelScale { get; set; } = 1;

    /// <summary>Temperature of the softmax that the gradient of a choice is taken from.</summary>
    public double Temperature { get; set; } = 0.5;

    /// <summary>How much the slots of a real row are preferred to others, where a class is generated from its rows: a logit, beside perturbations of deviation
    /// 1.</summary>
    public double AnchorLogit { get; set; } = 10;

    /// <summary>
    /// How far the network may move a row that starts from a real one: this part of the way from its scalars to the edges of their modes. Without a
    /// bound it drives numbers to the edges within some dozens of steps.
    /// </summary>
    public double Residual { get; set; } = 0.25;

    /// <inheritdoc/>
    public override void Validate()
    {
        Mlp.CheckWidths(Hidden, "generator.hidden");
        Require.That(LabelScale is > 0 and <= 100, "generator.label_scale", "must be above 0 and at most 100", LabelScale);
        Require.That(Temperature is > 0 and <= 10, "generator.temperature", "must be above 0 and at most 10", Temperature);
        Require.That(Residual is > 0 and <= 1, "generator.residual", "must be above 0 and at most 1 (to the edge)", Residual);
        Require.That(AnchorLogit is >= 0 and <= 100, "generator.anchor_logit", "must be between 0 and 100", AnchorLogit);
    }

    /// <inheritdoc/>
    public override Generator Build(NetworkContext context)
    {
        TableCodec codec = context.Format.Table
            ?? throw new UserErrorException("'generator.network' is table, but the data is no table; use another network, or 'data: { kind: table }'.");
        OneHotConcat? label = Mlp.Label(context, LabelScale);
        int classes = label?.Classes ?? 0;
        int latent = context.LatentSize - context.Format.ChoiceNoise;
        if (context.LatentSize > GeneratorFile.MaxLatentSize)
            throw new UserErrorException($"a row would take {context.LatentSize} numbers of noise, and a generator file takes {GeneratorFile.MaxLatentSize}; " +
                "join rare values, or leave columns out (type: drop).");
        long width = latent + classes + (context.Format.Anchors is null ? 0 : codec.Width);
        var layers = new List<Layer>();
        foreach (int size in Hidden)
        {
            Layer linear = nn.Linear(width, size, device: context.Device);
            layers.Add(new SkipConcat(BatchNorm
                ? nn.Sequential(linear, nn.BatchNorm1d(size, device: context.Device), nn.ReLU())
                : nn.Sequential(linear, new LeakyRelu(0.2))));
            width += size;
        }
        Linear last = nn.Linear(width, codec.Width, device: context.Device);
        // Rows that start from real ones start close to them.
        if (context.Format.Anchors is not null) using (no_grad()) last.weight!.Multiply(0.1);
        layers.Add(last);
        var body = new TableBody(context.Format, latent, classes, nn.Sequential(layers), Temperature, AnchorLogit, Residual, context.Device);
        return new Generator(context.LatentSize, context.ClassNames, context.Format, label, nn.Sequential(body));
    }
}
