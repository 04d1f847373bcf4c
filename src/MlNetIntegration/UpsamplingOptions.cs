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

    /// <summary>What the fit finds out about the added rows; null for nothing beyond their number.</summary>
    internal UpsamplingEvaluation? Evaluation { get; set; }
}
