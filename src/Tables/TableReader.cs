using System.Security.Cryptography;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>
/// Reads a user's table as text: a text file, or rows of any other. Whatever is odd about it is an error, never a lost row. Files that may be of all kinds are
/// opened by <c>TableFile</c>.
/// </summary>
internal static class TableReader
{
    private const string NoRows = "it has a header but no rows; there is nothing to train on.";

    /// <summary>Rows that are held in memory.</summary>
    public const int MostRows = 100_000_000;

    /// <summary>What a user's table keeps to that is read a row at a time.</summary>
    public static CsvRules Rules { get; } = new() { FirstMayLackName = true, NoRows = NoRows };

    /// <summary>The same for one that is read as a whole.</summary>
    public static CsvRules InMemory { get; } = Rules with { MostRows = MostRows };

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="UserErrorException">
    /// It is missing, empty, no UTF-8, has ragged rows, duplicate or empty column names, too many columns, or bad quotes.
    /// </exception>
    public static Table Read(string path)
    {
        using CsvRows rows = CsvRows.Open(path, InMemory);
        return Read(rows, path, Sha256(path));
    }

    /// <summary>Reads CSV text; <paramref name="path"/> names it in messages.</summary>
    public static Table Read(TextReader text, string path, string sha256)
    {
        using CsvRows rows = CsvRows.Of(text, path, InMemory);
        return Read(rows, path, sha256);
    }

    /// <summary>
    /// Reads the file a row at a time and keeps nothing but the values of one column and how often they are there, so that it may be larger than memory.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="choose">Chooses the column, by the names in the header; what it throws ends the reading.</param>
    /// <param name="each">Hears of each row, at which the cursor then is; null where nobody wants to.</param>
    /// <exception cref="UserErrorException">As for <see cref="Read(string)"/>.</exception>
    public static ColumnScan Scan(string path, Func<IReadOnlyList<string>, int> choose, Action<ITableRows>? each = null)
    {
        using CsvRows rows = CsvRows.Open(path, Rules);
        return Scan(rows, path, choose, each);
    }

    /// <summary>As <see cref="Scan(string, Func{IReadOnlyList{string}, int}, Action{ITableRows})"/>, of rows that are open.</summary>
    public static ColumnScan Scan(ITableRows rows, string path, Func<IReadOnlyList<string>, int> choose, Action<ITableRows>? each = null)
    {
        int column = choose(rows.Header);
        var values = new List<(string Value, long Rows, long FirstLine)>();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        while (rows.Read())
        {
            string value = rows[column] ?? "";
            if (value == rows.Header[column]) RefuseHeader(rows, path);
            if (!known.TryGetValue(value, out int at))
            {
                known[value] = at = values.Count;
                values.Add((value, 0, rows.Line));
            }
            values[at] = values[at] with { Rows = values[at].Rows + 1 };
            each?.Invoke(rows);
        }
        return new ColumnScan(rows.Header, values);
    }

    /// <summary>SHA-256 (hex) of a file's bytes.</summary>
    public static string Sha256(string path)
    {
        using FileStream file = SpooledInput.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Reads all rows.</summary>
    /// <exception cref="UserErrorException">As for <see cref="Read(string)"/>.</exception>
    public static Table Read(ITableRows rows, string path, string sha256)
    {
        ColumnBuilder[] columns = [.. rows.Header.Select(name => new ColumnBuilder(name))];
        var lines = new List<int>();
        while (rows.Read())
        {
            for (int i = 0; i < columns.Length; i++) columns[i].Add(rows[i] ?? "");
            if (columns[0].Last == rows.Header[0]) RefuseHeader(rows, path);
            lines.Add((int)rows.Line);
        }
        TableColumn[] built = [.. columns.Select((c, i) => c.Build(rows.Unreadable(i)))];
        return new Table(path, sha256, built, [.. lines])
        {
            Hints = rows.Dialect is { } dialect ? Dialect.HintsOf(dialect.Separator, built.Select(c => c.Values)) : NumberHints.Invariant,
        };
    }

    /// <summary>Files that were joined with their headers hold them as rows.</summary>
    private static void RefuseHeader(ITableRows rows, string path)
    {
        if (rows.Dialect is null) return;
        IReadOnlyList<string> header = rows.Header;
        if (header.Count == 1 || header.Any(name => ColumnInference.TryParse(name, out _))) return; // a table without a header has rows that look like it
        if (Enumerable.Range(0, header.Count).All(i => rows[i] == header[i]))
            throw new UserErrorException($"{path} line {rows.Line}: the header stands there once more, as where files were joined; remove that line.");
    }

    private sealed class ColumnBuilder(string name)
    {
        private const int FewTexts = 1 << 16;

        private readonly List<int> _codes = [];
        private readonly DistinctTexts _values = new();

        /// <summary>The text that was added last.</summary>
        public string Last { get; private set; } = "";

        public void Add(string text)
        {
            Last = text;
            _codes.Add(_values.Add(text));
        }

        public TableColumn Build(string? unreadable) => new(name, [.. _codes], _values.Finished(FewTexts)) { Unreadable = unreadable };
    }
}
