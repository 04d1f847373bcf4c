using System.Text.RegularExpressions;

namespace GanPipeline.Tables;

/// <summary>Tells columns that name or number the single row, and free text, from features: no value of theirs could be generated.</summary>
internal static partial class RowNames
{
    private const int LeastRows = 20, LongText = 40;
    private const double Counted = 1.1;

    /// <summary>Whether whole numbers are the rows' own: an index or an ID. Null where they are a feature.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">Its different numbers.</param>
    /// <param name="rows">Rows that have one.</param>
    public static ColumnType? OfNumbers(string name, double[] values, int rows)
    {
        bool each = values.Length == rows;
        if (IsNameless(name)) return each ? ColumnType.Index : null;
        if (PandasIndex().IsMatch(name) && values.Length > rows / 2) return ColumnType.Index;
        // An ID where the name says so, or where the numbers fill their range as a counter does.
        return each && rows >= LeastRows && (IdName().IsMatch(name) || values.Max() - values.Min() < rows * Counted) ? ColumnType.Id : null;
    }

    /// <summary>Whether texts are the rows' own, or free; null where they are categories.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">Its different texts.</param>
    /// <param name="rows">Rows that have one.</param>
    public static ColumnType? OfTexts(string name, string[] values, int rows)
    {
        if (IsNameless(name)) return values.Length == rows ? ColumnType.Index : null;
        if (rows < LeastRows) return null;
        bool wordy = values.Average(v => (double)v.Length) > LongText, most = values.Length > rows / 2;
        bool names = !wordy || values.Length == rows;
        if (most && names && values.All(v => !v.Contains(' ', StringComparison.Ordinal))) return ColumnType.Id;
        return most || (wordy && values.Length > LeastRows) ? ColumnType.Text : null;
    }

    /// <summary>Whether the header has no name for a column: the first may have none, if it is an index.</summary>
    public static bool IsNameless(string name) => name.AsSpan().Trim().IsEmpty;

    /// <summary>Why a column is dropped; null for a type that is not.</summary>
    public static DropReason? ReasonOf(ColumnType type) => type switch
    {
        ColumnType.Id => DropReason.Id,
        ColumnType.Text => DropReason.Text,
        ColumnType.Index => DropReason.Index,
        ColumnType.Drop => DropReason.User,
        _ => null,
    };

    /// <summary>That a column is dropped, why, and how to keep it: a sentence without its full stop.</summary>
    public static string Note(TableColumn column, ColumnSchema schema, SchemaFile file) => $"{Says(column, schema, file)} and is dropped; " +
        (IsNameless(column.Name) ? "give it a name to keep it" : $"--keep {Shell(column.Name)} keeps it");

    /// <summary>What an ID, free text or an index is taken for, and why: the beginning of a sentence.</summary>
    public static string Says(TableColumn column, ColumnSchema schema, SchemaFile file)
    {
        int rows = column.Rows - schema.Missing, values = column.Values.Count(text => !file.Missing.Contains(text));
        if (IsNameless(column.Name)) return "the first column, which has no name, tells the rows apart as an index does";
        return $"column '{column.Name}' " + schema.Type switch
        {
            ColumnType.Index => "numbers the rows as an index of pandas does",
            ColumnType.Text => $"has {values} different texts in {rows} rows, so it seems to be free text",
            _ when values == rows => $"has another value in each of {rows} rows, so it seems to be an ID",
            _ => $"has {values} different values in {rows} rows, so it seems to be an ID",
        };
    }

    /// <summary>A name as a command line takes it.</summary>
    private static string Shell(string name) => name.All(c => char.IsLetterOrDigit(c) || "_-.".Contains(c, StringComparison.Ordinal)) ? name
        : $"\"{name}\"";

    [GeneratedRegex(@"^Unnamed: 0(\.\d+)*$")]
    private static partial Regex PandasIndex();

    [GeneratedRegex("^(?i:id|uuid|guid|.*[_. -]id)$|[a-z0-9](Id|ID)$")]
    private static partial Regex IdName();
}
