using GanPipeline.MlNet;

namespace GanPipeline;

/// <summary>What to up-sample, with what, and where to.</summary>
/// <param name="Data">A CSV file with a class column, or a folder of IDX files or of pictures.</param>
/// <param name="Generator">The generator file (<c>.onnx</c>); classes are matched by name.</param>
/// <param name="Out">Where the balanced data go: a CSV file, or a folder of IDX files or of pictures, as the data are.</param>
public sealed record UpsampleOptions(string Data, string Generator, string Out)
{
    /// <summary>How many rows each class gets; rows are only added.</summary>
    public Balance Balance { get; init; } = Balance.ToMajority;

    /// <summary>The class column of a CSV file; of a table's generator it is the generator's own, unless another is named.</summary>
    public string Label { get; init; } = "class";

    /// <summary>Name of a column that is added to a CSV file: 0 in rows that were there, 1 in added ones; null for none.</summary>
    public string? SyntheticColumn { get; init; }

    /// <summary>
    /// Whether IDs that the generator was not trained on are numbered on in added rows: whole numbers, and texts of one beginning and a number (C00123). They
    /// are empty there otherwise, as free text is anyway.
    /// </summary>
    public bool FillIds { get; init; }

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

    /// <summary>Columns of the table that the generator was not trained on, and what added rows have there.</summary>
    public IReadOnlyList<UngeneratedColumn> Ungenerated { get; init; } = [];

    /// <summary>Whether nothing was written, as was asked for.</summary>
    public bool IsDryRun { get; init; }
}

/// <summary>A class before and after up-sampling.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Before">Rows that were there.</param>
/// <param name="After">Rows with those that were added.</param>
public sealed record ClassBalance(string Class, long Before, long After);

/// <summary>A column that the generator was not trained on, in the rows that were added: empty, or numbered on.</summary>
/// <param name="Name">Its name; empty for an index without one.</param>
/// <param name="Reason">Why it was not trained on: <c>id</c>, <c>text</c> (free text), <c>index</c> (it numbers the rows), or <c>user</c>.</param>
public sealed record UngeneratedColumn(string Name, string Reason)
{
    /// <summary>The first of the IDs that were numbered on; null where the column is empty.</summary>
    public string? First { get; init; }

    /// <summary>The last of them.</summary>
    public string? Last { get; init; }

    /// <summary>Whether IDs were to be numbered on and cannot be: they are neither whole numbers nor texts of one beginning and a number.</summary>
    public bool HasNoNext { get; init; }
}
