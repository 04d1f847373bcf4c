using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>What is added to the training rows, and where it comes from. A resampler alone stands for the options that have it and the defaults.</summary>
public sealed record UpsamplingOptions
{
    /// <summary>Where added rows come from.</summary>
    public required Resampler Resampler { get; init; }

    /// <summary>How many rows each class shall have.</summary>
    public Balance Balance { get; init; } = Balance.ToMajority;

    /// <summary>Seed of the added rows; left out, it is drawn from the MLContext, which repeats itself when that has a seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// Bytes of generated features that are kept in memory, 0 or more; if there are more, all of them go to a temporary file, which vanishes with the model.
    /// Columns of a table are kept in memory whatever their size.
    /// </summary>
    /// <exception cref="UserErrorException">It is below 0.</exception>
    public long MemoryLimit
    {
        get;
        init => field = value >= 0 ? value : throw new UserErrorException($"UpsamplingOptions.MemoryLimit is {value}; give 0 or more bytes");
    } = 256L << 20;

    /// <summary>What the fit finds out about the added rows; null for nothing beyond their number.</summary>
    internal UpsamplingEvaluation? Evaluation { get; set; }

    /// <summary>The resampler with the defaults.</summary>
    public static implicit operator UpsamplingOptions(Resampler resampler) => new() { Resampler = resampler };
}
