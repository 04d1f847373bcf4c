namespace GanPipeline.Training.Networks;

/// <summary>
/// A discriminator of table rows: fully connected, with the class beside the row; and a classifier of its own, which shares no layer with it, as class head:
/// it is trained on real rows alone (class_loss.fake 0), and drives the generator to rows of the class that was asked for (Zhao et al. 2021, "CTAB-GAN",
/// section 3.1).
/// </summary>
[Kind("table")]
internal sealed record TableDiscriminatorOptions : DiscriminatorOptions
{
    /// <summary>Widths of the hidden layers.</summary>
    public List<int> Hidden { get; set; } = [256, 256];

    /// <summary>Widths of the classifier's hidden layers; no classifier where the table has no classes.</summary>
    public List<int> ClassHidden { get; set; } = [256, 256];

    /// <summary>Dropout after each hidden layer.</summary>
    public double Dropout { get; set; }

    /// <summary>Dropout after each hidden layer of the classifier.</summary>
    public double ClassDropout { get; set; }

    /// <summary>Value of the hot entry of the class input.</summary>
    public double LabelScale { get; set; } = 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        Mlp.CheckWidths(Hidden, "discriminator.hidden");
        Mlp.CheckWidths(ClassHidden, "discriminator.class_hidden");
        Require.That(Dropout is >= 0 and < 1, "discriminator.dropout", "must be at least 0 and below 1", Dropout);
        Require.That(ClassDropout is >= 0 and < 1, "discriminator.class_dropout", "must be at least 0 and below 1", ClassDropout);
        Require.That(LabelScale is > 0 and <= 100, "discriminator.label_scale", "must be above 0 and at most 100", LabelScale);
    }

    /// <inheritdoc/>
    public override Discriminator Build(NetworkContext context)
    {
        OneHotConcat? label = Mlp.Label(context, LabelScale);
        long size = context.Format.Size;
        Sequential? classHead = label is null ? null : Layers(size, ClassHidden, ClassDropout, context.ClassNames.Count, context);
        return new Discriminator(nn.Sequential(nn.Flatten()), label, Layers(label?.OutputSize(size) ?? size, Hidden, Dropout, context.Logits, context),
            classHead);
    }

    private static Sequential Layers(long width, List<int> hidden, double dropout, long outputs, NetworkContext context)
    {
        var layers = new List<Layer>();
        foreach (int size in hidden)
        {
            layers.AddRange([nn.Linear(width, size, device: context.Device), new LeakyRelu(0.2)]);
            if (dropout > 0) layers.Add(nn.Dropout(dropout));
            width = size;
        }
        layers.Add(nn.Linear(width, outputs, device: context.Device));
        return nn.Sequential(layers);
    }
}
