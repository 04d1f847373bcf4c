using GanPipeline.MlNet;

namespace GanPipeline;

/// <summary>What to up-sample, with what, and where to.</summary>
/// <param name="Data">A CSV file with a class column, or a folder of IDX files.</param>
/// <param name="Generator">The generator file (<c>.onnx</c>); classes are matched by name.</param>
/// <param name="Out">Where the balanced data go: a CSV file or a folder of IDX files, as the data are.</param>
public sealed record UpsampleOptions(string Data, string Generator, string Out)
{
    /// <summary>How many rows each class gets; rows are only added.</summary>
    public Balance Balance { get; init; } = Balance.ToMajority;

    /// <summary>The class column of a CSV file; of a table's generator it is the generator's own, unless another is named.</summary>
    public string Label { get; init; } = "class";

    /// <summary>Name of a column that is added to a CSV file: 0 in rows that were there, 1 in added ones; null for none.</summary>
    public string? SyntheticColumn { get; init; }

    /// <summary>Seed of the noise.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether everything is checked and counted, and nothing written.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether texts that a spreadsheet would run as formulas get an apostrophe before them.</summary>
    public bool SafeCsv { get; init; }

    /// <summary>Whether a file that is there already may be replaced.</summary>
    public bool Force { get; init; }
}

/// <summary>What up-sampling added.</summary>
/// <param name="Classes">The rows of each class.</param>
/// <param name="Rows">Rows that were there.</param>
/// <param name="Added">Rows that were added, or would be.</param>
/// <param name="Path">Where all of them are.</param>
public sealed record UpsampleResult(IReadOnlyList<ClassBalance> Classes, long Rows, long Added, string Path)
{
    /// <summary>Rows without a class, which are kept as they are.</summary>
    public long Unlabelled { get; init; }

    /// <summary>Whether nothing was written, as was asked for.</summary>
    public bool IsDryRun { get; init; }
}

/// <summary>A class before and after up-sampling.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Before">Rows that were there.</param>
/// <param name="After">Rows with those that were added.</param>
public sealed record ClassBalance(string Class, long Before, long After);
