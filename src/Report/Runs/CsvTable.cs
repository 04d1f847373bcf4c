using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace GanPipeline.Report.Runs;

/// <summary>A small CSV file of a run folder, as texts. The folder may come from anywhere, so sizes are bounded.</summary>
internal sealed record CsvTable(string Path, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)
{
    private const int MostBytes = 64 << 20, MostColumns = 500, MostRows = 1_000_000;

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
        using var csv = new CsvParser(new StringReader(text[..(text.LastIndexOf('\n') + 1)]),
            new CsvConfiguration(CultureInfo.InvariantCulture) { MaxFieldSize = 1 << 16 });
        try
        {
            if (!csv.Read()) return null;
            string[] columns = csv.Record!;
            if (columns.Length > MostColumns)
                throw new UserErrorException($"{path}: {columns.Length} columns are too many for a report (at most {MostColumns}).");
            var rows = new List<string[]>();
            while (csv.Read())
            {
                if (csv.Count != columns.Length)
                {
                    throw new UserErrorException($"{path} line {csv.RawRow}: {csv.Count} fields, but the header has {columns.Length}; " +
                        "mend the line or move the file away.");
                }
                if (rows.Count == MostRows)
                    throw new UserErrorException($"{path}: more than {MostRows} rows are too many for a report; move the file out of the folder.");
                rows.Add(csv.Record!);
            }
            return new CsvTable(path, columns, rows);
        }
        catch (CsvHelperException e)
        {
            throw new UserErrorException($"{path} line {csv.RawRow}: not readable as CSV; mend the line or move the file away.", e);
        }
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
