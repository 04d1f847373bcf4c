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
    public double AnchorLogit { get; set; } = 4;

    /// <summary>
    /// Rows that are generated for each one wanted, where the table has real rows to compare with (data.anchors): the first that is clearly of its class is
    /// taken, or else the one that is most clearly so. 1 takes rows as they come. Training needs no choice; sampling takes so many times as long.
    /// </summary>
    public int Candidates { get; set; } = 16;

    /// <summary>
    /// What "clearly" means: the nearest real row of another class is at least so many times as far away as the nearest one of its own. 1 asks for no more than
    /// that the nearest real row is of the class; more gives rows that are of their class, and fewer of the unusual ones that lie at its border.
    /// </summary>
    public double ClassStrictness { get; set; } = 8;

    /// <inheritdoc/>
    public override void Validate()
    {
        Mlp.CheckWidths(Hidden, "generator.hidden");
        Require.That(LabelScale is > 0 and <= 100, "generator.label_scale", "must be above 0 and at most 100", LabelScale);
        Require.That(Temperature is > 0 and <= 10, "generator.temperature", "must be above 0 and at most 10", Temperature);
        Require.That(AnchorLogit is >= 0 and <= 100, "generator.anchor_logit", "must be between 0 and 100", AnchorLogit);
        Require.That(Candidates is >= 1 and <= 256, "generator.candidates", "must be between 1 (no choice) and 256", Candidates);
        Require.That(ClassStrictness is >= 1 and <= 1000, "generator.class_strictness", "must be between 1 and 1000", ClassStrictness);
    }

    /// <inheritdoc/>
    public override Generator Build(NetworkContext context)
    {
        TableCodec codec = context.Format.Table
            ?? throw new UserErrorException("'generator.network' is table, but the data is no table; use another network, or 'data: { kind: table }'.");
        OneHotConcat? label = Mlp.Label(context, LabelScale);
        int classes = label?.Classes ?? 0;
        int latent = context.LatentSize - context.Format.ChoiceNoise;
        int candidates = context.Format.Landmarks is null || classes == 0 ? 1 : Candidates;
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
        var body = new TableBody(context.Format, latent, classes, nn.Sequential(layers), Temperature, AnchorLogit, candidates, ClassStrictness, context.Device);
        return new Generator(context.LatentSize, context.ClassNames, context.Format, label, nn.Sequential(body));
    }
}
