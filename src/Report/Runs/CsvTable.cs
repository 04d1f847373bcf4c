using System.Globalization;
using GanPipeline.Tables;

namespace GanPipeline.Report.Runs;

/// <summary>A small CSV file of a run folder, as texts. The folder may come from anywhere, so sizes are bounded.</summary>
internal sealed record CsvTable(string Path, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)
{
    private const int MostBytes = 64 << 20;
    private static readonly CsvRules Rules = new()
    {
        MostColumns = 500,
        MostRows = 1_000_000,
        LongestField = 1 << 16,
        FindsDialect = false,
        NamesAreChecked = false,
        SkipsEmptyLines = true,
        NoHeader = null,
        Ragged = (fields, columns) => $"{fields} fields, but the header has {columns}; mend the line or move the file away.",
        Unreadable = _ => "not readable as CSV; mend the line or move the file away.",
        TooManyColumns = (columns, most) => $"{columns} columns are too many for a report (at most {most}).",
        TooManyRows = most => $"more than {most} rows are too many for a report; move the file out of the folder.",
    };

    /// <summary>Reads a file; null where there is none. A last line without its end is left out: somebody is writing it.</summary>
    /// <exception cref="UserErrorException">It is no CSV file with a header, or too large.</exception>
    public static CsvTable? Read(string path)
    {
        if (!File.Exists(path)) return null;
        if (new FileInfo(path).Length > MostBytes)
            throw new UserErrorException($"{path}: more than {MostBytes >> 20} MiB are too much for a report; move the file out of the folder.");
        string text;
        using (FileStream stream = InputFile.Open(path, "move it out of the folder.", share: FileShare.ReadWrite | FileShare.Delete))
        using (var reader = new StreamReader(stream)) text = reader.ReadToEnd();
        using CsvRows csv = CsvRows.OfWholeLines(text, path, Rules);
        if (csv.Header.Count == 0) return null;
        int[] places = [.. Enumerable.Range(0, csv.Header.Count)];
        var rows = new List<string[]>();
        while (csv.Read()) rows.Add(Array.ConvertAll(places, i => csv[i]));
        return new CsvTable(path, csv.Header, rows);
    }

    /// <summary>Place of a column, whatever its letters' case; -1 where there is none.</summary>
    public int Find(string column) => Columns.ToList().FindIndex(c => c.Equals(column, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="UserErrorException">There is no such column.</exception>
    public int Require(string column) => Find(column) is >= 0 and var place ? place
        : throw new UserErrorException($"{Path}: no column '{column}'; it has {string.Join(", ", Columns.Take(12))}. Move the file away, or make it again.");

    /// <summary>The number in a field; not a number where it is empty.</summary>
    /// <exception cref="UserErrorException">It is something else.</exception>
    public double Number(int row, int column) => Rows[row][column] is { Length: > 0 } text
        ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
            : throw new UserErrorException($"{Path}, row {row + 1}, column '{Columns[column]}': '{(text.Length > 40 ? text[..40] : text)}' is no number; " +
                "mend it or move the file away.")
        : double.NaN;
}
