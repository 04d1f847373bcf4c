namespace GanPipeline.MlNet;

/// <summary>What is added to the training rows, and where it comes from.</summary>
public sealed record UpsamplingOptions
{
    /// <summary>How many rows each class shall have.</summary>
    public Balance Balance { get; init; } = Balance.ToMajority;

    /// <summary>Where the added rows' features come from.</summary>
    public required GeneratorSource Generator { get; init; }

    /// <summary>Seed of the added rows; left out, it is drawn from the MLContext, which repeats itself when that has a seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// Bytes of generated features that are kept in memory; if there are more, all of them go to a temporary file, which vanishes with the model.
    /// </summary>
    public long MemoryLimit { get; init; } = 256L << 20;

    /// <summary>
    /// Whether the report judges the added rows: how many of them a classifier of the real rows takes for their class, and how many are not new. It reads the
    /// real features into memory and trains that classifier, which sets libtorch's global seed.
    /// </summary>
    public bool Judge { get; init; }

    /// <summary>
    /// Folds, at least 2, on which the report compares this up-sampling with none, with moved decision thresholds instead, with random over-sampling and with
    /// SMOTE of 5 neighbours; 0 leaves the comparison out. Equal rows are in one fold, and each fold must get a row of each class. It takes as many fits as there
    /// are folds and ways: a generator that Fit trains is trained once more for each fold.
    /// </summary>
    public int CompareFolds { get; init; }
}
