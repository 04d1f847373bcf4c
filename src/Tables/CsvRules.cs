namespace GanPipeline.Tables;

/// <summary>How much of a CSV file is taken, and the error for a wrong one. By default it is a user's table, of which everything odd is refused.</summary>
internal sealed record CsvRules
{
    /// <summary>Columns that a user's table may have.</summary>
    public const int MaxColumns = 4096;

    /// <summary>Columns that the header may name.</summary>
    public int MostColumns { get; init; } = MaxColumns;

    /// <summary>Rows that there may be.</summary>
    public long MostRows { get; init; } = long.MaxValue;

    /// <summary>Characters that a field may have.</summary>
    public int LongestField { get; init; } = 1 << 20;

    /// <summary>Whether the separator is found out, as for a user's file; else it is a comma.</summary>
    public bool FindsDialect { get; init; } = true;

    /// <summary>Whether each column needs a name of its own.</summary>
    public bool NamesAreChecked { get; init; } = true;

    /// <summary>Whether the first column may have an empty name, as pandas and R write that of an index.</summary>
    public bool FirstMayLackName { get; init; }

    /// <summary>Whether empty lines between rows are skipped; else they are refused, and only those behind the last row are.</summary>
    public bool SkipsEmptyLines { get; init; }

    /// <summary>Whether rows of another number of fields than the header's are skipped: what a run that was killed leaves.</summary>
    public bool SkipsRaggedRows { get; init; }

    /// <summary>The end of the sentence that there is no such file.</summary>
    public string NoFile { get; init; } = "; name a CSV file with a header line";

    /// <summary>The error for a file without a first line; null where such a file has no rows and no columns, and nothing is wrong with it.</summary>
    public string? NoHeader { get; init; } = "it has no header line; the first line must name the columns.";

    /// <summary>The error for a file without a row; null where it is left to whoever reads.</summary>
    public string? NoRows { get; init; }

    /// <summary>The error for a row of so many fields where the header has so many columns.</summary>
    public Func<int, int, string> Ragged { get; init; } = (fields, columns) =>
        $"{fields} fields, but the header names {columns} columns; correct that line.";

    /// <summary>The error for a line that is no CSV, with the reason in it.</summary>
    public Func<string, string> Unreadable { get; init; } = why => why;

    /// <summary>The error for a header of so many columns.</summary>
    public Func<int, int, string> TooManyColumns { get; init; } = (columns, most) =>
        $"the header names {columns} columns, and a table may have {most}; keep only the columns that matter.";

    /// <summary>The error where there are more rows than so many.</summary>
    public Func<long, string> TooManyRows { get; init; } = most => $"more than {most} rows; split the file.";

    /// <summary>
    /// A table of points: numbers, and no more told of its header than that there is one. Of <c>gan upsample</c> and the presets for points.
    /// </summary>
    public static CsvRules Points { get; } = new()
    {
        NamesAreChecked = false,
        SkipsEmptyLines = true,
        MostColumns = int.MaxValue,
        LongestField = int.MaxValue,
        NoHeader = "it is empty; a header line with column names is needed.",
        Ragged = (fields, columns) => $"{fields} fields, but the header has {columns}.",
        Unreadable = why => $"not readable as CSV ({why.TrimEnd('.')}).",
    };
}
