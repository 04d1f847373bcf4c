namespace GanPipeline.Onnx;

/// <summary>Where a generator comes from: what is stored in its file so that it can be trained again.</summary>
public sealed record GeneratorMetadata
{
    /// <summary>Name of the system (preset), for instance <c>mnist-cgan</c>.</summary>
    public required string System { get; init; }

    /// <summary>The complete configuration of the run, as text.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>Name of the data that it was trained on.</summary>
    public string DataName { get; init; } = "";

    /// <summary>SHA-256 of that data, in hexadecimal.</summary>
    public string DataSha256 { get; init; } = "";

    /// <summary>Training steps taken.</summary>
    public long Steps { get; init; }

    /// <summary>Seed of the run.</summary>
    public ulong Seed { get; init; }

    /// <summary>Figures at the time of the export, by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>Versions of the packages that made it, by name.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();
}

/// <summary>How far the file's samples are from those of the network that it was exported from.</summary>
/// <param name="Batch">Samples that were compared in one batch.</param>
/// <param name="Difference">Largest absolute difference, on the network's own scale (images: -1 to 1); of a table, the share of fields that differ.</param>
public sealed record ParityCheck(int Batch, double Difference)
{
    /// <summary>
    /// The mean difference as a share of the spread of the network's output: each pixel or number by its own standard deviation, a text by 1 where it is
    /// another. It is what limits the loss of weights in fewer bits.
    /// </summary>
    public double Deviation { get; init; }
}

/// <summary>Names of a file's inputs and outputs.</summary>
/// <param name="Noise">Input, float32 [N, latent size].</param>
/// <param name="Label">Input of a network with classes, int64 [N].</param>
/// <param name="Count">Input in place of the noise, where it is drawn inside and there are no classes: int64 [1], the number of samples.</param>
/// <param name="Sample">Output of a generator and input of a discriminator, [N, ...sample shape], in the data's own units.</param>
/// <param name="Logit">Output of a discriminator, float32 [N, 1]: above 0, the sample looks real.</param>
/// <param name="ClassLogits">Output of a discriminator that tells classes, float32 [N, classes].</param>
public sealed record PortNames(
    string Noise = "noise", string Label = "label", string Count = "count", string Sample = "sample", string Logit = "logit",
        string ClassLogits = "class_logits");

/// <summary>One column of the rows that a table's generator gives; its output is [N, 1].</summary>
/// <param name="Name">Name of the column in the table.</param>
/// <param name="Output">Name of the file's output: the column's, unless an input has that name.</param>
/// <param name="IsText">Whether its values are text (string; empty: missing); else they are numbers (float64; NaN: missing).</param>
public sealed record OutputColumn(string Name, string Output, bool IsText)
{
    /// <summary>How the table writes the column's numbers; empty for texts, and where a number is written as the shortest text that names it.</summary>
    public string Style { get; init; } = "";

    /// <summary>What stands for a missing value among numbers that are int64.</summary>
    internal const long MissingInteger = long.MinValue;

    /// <summary>Whether its numbers are int64, since some of them are beyond 2^53 (<see cref="long.MinValue"/>: missing).</summary>
    public bool IsInteger { get; init; }

    /// <summary>How many real numbers (or days, or times of day) of the column the file stores, for generated ones to be among them; 0 for none.</summary>
    public int StoredValues { get; init; }

    /// <summary>How its values follow from other columns, for people (<c>'price' × 'quantity'</c>); empty where they are generated.</summary>
    public string Formula { get; init; } = "";
}

/// <summary>A column of the training table that no generated row has.</summary>
/// <param name="Name">Name of the column in the table; empty for an index without one.</param>
/// <param name="Reason">Why: <c>id</c>, <c>text</c> (free text), <c>index</c> (it numbers the rows), or <c>user</c> (as it was asked for).</param>
public sealed record OmittedColumn(string Name, string Reason);

/// <summary>What a generator file says of itself: its contract with those who run it, and where it comes from.</summary>
public sealed record GeneratorInfo
{
    /// <summary>Which of a system's networks it is: <see cref="GeneratorFile.Generator"/> or <see cref="GeneratorFile.Discriminator"/>.</summary>
    public string Network { get; init; } = GeneratorFile.Generator;

    /// <summary>Names of the inputs and the output.</summary>
    public PortNames Names { get; init; } = new();

    /// <summary>Length of the latent vector; its entries are independent standard normal numbers.</summary>
    public required int LatentSize { get; init; }

    /// <summary>Whether the file draws the latents itself. Then it has no noise input, and no two runs of it give the same samples.</summary>
    public bool NoiseInside { get; init; }

    /// <summary>
    /// What the file multiplies latents by (the truncation of Brock et al. 2019, as a scale): below 1, samples are more typical and less varied.
    /// </summary>
    public double LatentScale { get; init; } = 1;

    /// <summary>Whether the samples are bytes (uint8: pixels 0 to 255, rounded); otherwise they are float32.</summary>
    public bool Bytes { get; init; }

    /// <summary>Class names in index order; empty for a generator without classes.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>What a sample is: <c>image</c> (channels first, pixels 0 to 255), <c>points</c> (coordinates) or <c>table</c> (one output a column).</summary>
    public required string SampleKind { get; init; }

    /// <summary>The columns of a table's rows, in the table's order; empty for other samples.</summary>
    public IReadOnlyList<OutputColumn> Columns { get; init; } = [];

    /// <summary>The columns of the training table that its rows lack, in the table's order.</summary>
    public IReadOnlyList<OmittedColumn> Omitted { get; init; } = [];

    /// <summary>Rows of the training table that the file holds, from which generated ones start: who has the file has them. 0 for other samples.</summary>
    public int StoredRows { get; init; }

    /// <summary>Name of the column that holds the class; empty where none does.</summary>
    public string LabelColumn { get; init; } = "";

    /// <summary>Whether samples are rows of a table.</summary>
    public bool IsTable => Columns.Count > 0;

    /// <summary>Shape of one sample, without the batch, for instance [1, 28, 28].</summary>
    public required IReadOnlyList<int> SampleShape { get; init; }

    /// <summary>Where it comes from.</summary>
    public required GeneratorMetadata Provenance { get; init; }

    /// <summary>What was found when the file was verified at its export.</summary>
    public IReadOnlyList<ParityCheck> Verification { get; init; } = [];

    /// <summary>Name of the system (preset) that it is.</summary>
    public string System => Provenance.System;

    /// <summary>Numbers in one sample.</summary>
    public int SampleSize => SampleShape.Aggregate(1, (a, b) => checked(a * b));
}
