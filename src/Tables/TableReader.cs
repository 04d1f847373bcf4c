using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>
/// Reads a CSV file (RFC 4180, a header line, UTF-8 or any Unicode with a byte order mark) as text. Whatever is odd about it is an error, never a lost row.
/// </summary>
internal static class TableReader
{
    /// <summary>Columns that a table may have.</summary>
    public const int MaxColumns = 4096;

    private const int MaxRows = 100_000_000, MaxField = 1 << 20;

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="UserErrorException">
    /// It is missing, empty, no UTF-8, has ragged rows, duplicate or empty column names, too many columns, or bad quotes.
    /// </exception>
    public static Table Read(string path) => Open(path, file =>
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        file.Position = 0;
        using StreamReader text = Text(file);
        return Read(text, path, sha256);
    });

    /// <summary>
    /// Reads the file a row at a time and keeps nothing but the values of one column and how often they are there, so that it may be larger than memory.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="choose">Chooses the column, by the names in the header; what it throws ends the reading.</param>
    /// <exception cref="UserErrorException">As for <see cref="Read(string)"/>.</exception>
    public static ColumnScan Scan(string path, Func<IReadOnlyList<string>, int> choose) => Open(path, file =>
    {
        using StreamReader text = Text(file);
        return Parse(text, path, csv =>
        {
            string[] names = Header(csv, path);
            int column = choose(names);
            var values = new List<(string Value, long Rows, long FirstLine)>();
            var known = new Dictionary<string, int>(StringComparer.Ordinal);
            Rows(csv, path, names.Length, long.MaxValue, line =>
            {
                string value = csv[column];
                if (!known.TryGetValue(value, out int at))
                {
                    known[value] = at = values.Count;
                    values.Add((value, 0, line));
                }
                values[at] = values[at] with { Rows = values[at].Rows + 1 };
            });
            return new ColumnScan(names, values);
        });
    });

    private static T Open<T>(string path, Func<FileStream, T> read)
    {
        if (!SpooledInput.Exists(path)) throw new UserErrorException($"{path}: no such file; name a CSV file with a header line.");
        try
        {
            using FileStream file = SpooledInput.Open(path);
            return read(file);
        }
        catch (DecoderFallbackException e)
        {
            throw new UserErrorException($"{path} line {FirstBadLine(path)}: its bytes are no UTF-8 text; " +
                "save the file as UTF-8 (for example by iconv -f WINDOWS-1252 -t UTF-8).", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be read ({e.Message.TrimEnd('.')}); check that it is a file and that you may read it.", e);
        }
    }

    private static StreamReader Text(FileStream file) => new(file, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);

    /// <summary>Reads CSV text; <paramref name="path"/> names it in messages.</summary>
    public static Table Read(TextReader text, string path, string sha256) => Parse(text, path, csv =>
    {
        ColumnBuilder[] columns = [.. Header(csv, path).Select(n => new ColumnBuilder(n))];
        var lines = new List<int>();
        Rows(csv, path, columns.Length, MaxRows, line =>
        {
            for (int i = 0; i < columns.Length; i++) columns[i].Add(csv[i]);
            lines.Add((int)line);
        });
        return new Table(path, sha256, [.. columns.Select(c => c.Build())], [.. lines]);
    });

    private static T Parse<T>(TextReader text, string path, Func<CsvParser, T> read)
    {
        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            MaxFieldSize = MaxField,
            IgnoreBlankLines = false,
            LineBreakInQuotedFieldIsBadData = false,
            CacheFields = false,
            BadDataFound = bad => throw new UserErrorException($"{path} line {bad.Context.Parser!.RawRow}: a quote stands in the middle of a field; " +
                "put the whole field in quotes and double the quotes in it."),
        });
        try { return read(csv); }
        catch (MaxFieldSizeException e)
        {
            throw new UserErrorException($"{path} line {csv.RawRow}: a field is longer than {MaxField} characters; a quote may not have been closed.", e);
        }
    }

    /// <summary>Goes through the rows behind the header, each of as many fields as that; <paramref name="row"/> hears the line on which one begins.</summary>
    private static void Rows(CsvParser csv, string path, int columns, long most, Action<long> row)
    {
        long count = 0;
        for (long line = csv.RawRow + 1; csv.Read(); line = csv.RawRow + 1)
        {
            if (csv.Count == 1 && csv[0].Length == 0 && columns > 1)
            {
                if (AtEnd(csv)) break; // empty lines after the last row are no rows
                throw new UserErrorException($"{path} line {line}: an empty line between rows; remove it.");
            }
            if (csv.Count != columns)
                throw new UserErrorException($"{path} line {line}: {csv.Count} fields, but the header names {columns} columns; correct that line.");
            if (count++ == most) throw new UserErrorException($"{path} line {line}: more than {most} rows; split the file.");
            row(line);
        }
        if (count == 0) throw new UserErrorException($"{path}: it has a header but no rows; there is nothing to learn from.");
    }

    private static bool AtEnd(CsvParser csv)
    {
        while (csv.Read()) if (csv.Count > 1 || csv[0].Length > 0) return false;
        return true;
    }

    private static string[] Header(CsvParser csv, string path)
    {
        if (!csv.Read() || csv.Count == 0 || csv is { Count: 1 } && csv[0].Length == 0)
            throw new UserErrorException($"{path}: it has no header line; the first line must name the columns.");
        if (csv.Count > MaxColumns)
            throw new UserErrorException($"{path}: the header names {csv.Count} columns, and a table may have {MaxColumns}; " +
                "keep only the columns that matter.");
        string[] names = [.. Enumerable.Range(0, csv.Count).Select(i => csv[i])];
        if (names is [var only] && only.AsSpan().IndexOfAny(';', '\t') >= 0)
            throw new UserErrorException($"{path}: the header has no comma, so its columns seem to be separated by another character; " +
                "save it with commas (and decimal points).");
        int empty = Array.FindIndex(names, n => n.Trim().Length == 0);
        if (empty >= 0) throw new UserErrorException($"{path} line 1: column {empty + 1} has no name; give it one.");
        string? twice = names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
        {
            int first = Array.IndexOf(names, twice);
            throw new UserErrorException($"{path} line 1: columns {first + 1} and {Array.IndexOf(names, twice, first + 1) + 1} are both named '{twice}'; " +
                "rename one.");
        }
        return names;
    }

    private static int FirstBadLine(string path)
    {
        using FileStream file = SpooledInput.Open(path);
        var line = new List<byte>();
        for (int number = 1; ; number++)
        {
            line.Clear();
            int next;
            while ((next = file.ReadByte()) >= 0 && next != '\n') line.Add((byte)next);
            if (next < 0 || !System.Text.Unicode.Utf8.IsValid(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line))) return number;
        }
    }

    private sealed class ColumnBuilder(string name)
    {
        private readonly List<int> _codes = [];
        private readonly List<string> _values = [];
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

        public void Add(string text)
        {
            if (!_known.TryGetValue(text, out int code))
            {
                _known[text] = code = _values.Count;
                _values.Add(text);
            }
            _codes.Add(code);
        }

        public TableColumn Build() => new(name, [.. _codes], _values);
    }
}
