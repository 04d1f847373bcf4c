using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>
/// Reads a text file of a table (RFC 4180 with any separator, a header line, UTF-8 or any Unicode with a byte order mark, packed by gzip or not) a row at a
/// time, so that it may be larger than memory. All that reads tables as text reads them by this: a user's tables and what runs write.
/// </summary>
internal sealed class CsvRows : ITableRows
{
    private readonly string _path;
    private readonly CsvRules _rules;
    private readonly CsvReader _csv;
    private readonly bool _isFile;
    private long _count;

    private CsvRows(TableText text, string path, CsvRules rules, bool isFile)
    {
        (_path, _rules, _isFile) = (path, rules, isFile);
        if (rules.FindsDialect) Dialect = Dialect.Of(text.Head, text.HeadIsWhole, path);
        for (int i = 0; i < Dialect.Declaration; i++) text.Read();
        _csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Dialect.Separator.ToString(),
            MaxFieldSize = rules.LongestField == int.MaxValue ? 0 : rules.LongestField,
            IgnoreBlankLines = false,
            LineBreakInQuotedFieldIsBadData = false,
            CacheFields = false,
            BadDataFound = bad => throw At(bad.Context.Parser!.RawRow + LinesBefore, rules.Unreadable(
                "a quote stands in the middle of a field; put the whole field in quotes and double the quotes in it.")),
        });
        try { Header = Guarded(static (rows, _) => rows.ReadHeader(), 0); }
        catch
        {
            _csv.Dispose();
            throw;
        }
    }

    /// <summary>The columns' names, in the file's order; none for an empty file where the rules allow one.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>How the file is written.</summary>
    public Dialect Dialect { get; } = Dialect.Comma;

    /// <summary>The line on which the current row begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>A field of the current row.</summary>
    public string this[int column] => Guarded(static (rows, column) => rows._csv.Parser[column], column);

    Dialect? ITableRows.Dialect => Dialect;

    string? ITableRows.this[int column] => this[column];

    /// <inheritdoc/>
    public string? Unreadable(int column) => null;

    /// <summary>Opens a file, or standard input.</summary>
    /// <exception cref="UserErrorException">It is missing, empty, or no text; or its header is refused by the rules.</exception>
    public static CsvRows Open(string path, CsvRules rules)
    {
        if (!SpooledInput.Exists(path)) throw new UserErrorException($"{path}: no such file{rules.NoFile}.");
        try
        {
            return Owned(TableText.Open(path), path, rules, isFile: true);
        }
        catch (DecoderFallbackException e) { throw NoUtf8(path, isFile: true, e); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw Unreadable(path, e); }
    }

    /// <summary>Reads text; <paramref name="path"/> names it in messages.</summary>
    public static CsvRows Of(TextReader text, string path, CsvRules rules) => Owned(new TableText(text, path), path, rules, isFile: false);

    private static CsvRows Owned(TableText text, string path, CsvRules rules, bool isFile)
    {
        try { return new CsvRows(text, path, rules, isFile); }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>Reads the lines of a text that have an end: the last may be one that is being written, or that a killed process left.</summary>
    public static CsvRows OfWholeLines(string text, string path, CsvRules rules) => Of(new StringReader(text[..(text.LastIndexOf('\n') + 1)]), path, rules);

    /// <summary>Goes to the next row; false behind the last.</summary>
    /// <exception cref="UserErrorException">The row is refused by the rules, or is no CSV.</exception>
    public bool Read() => Header.Count > 0 && Guarded(static (rows, _) => rows.Next(), 0);

    /// <summary>The current row as an object whose properties name their columns.</summary>
    public T Record<T>() => Guarded(static (rows, _) => rows._csv.GetRecord<T>(), 0);

    /// <summary>A finite number of the current row.</summary>
    /// <param name="column">The column.</param>
    /// <param name="remedy">What to do where it is none, as the end of a sentence.</param>
    /// <exception cref="UserErrorException">It is none.</exception>
    public float Single(int column, string remedy) =>
        float.TryParse(Dialect.Hints.Plain(this[column]), NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value) ? value
            : throw Error(column, $"'{this[column]}' is not a finite number; {remedy}");

    /// <summary>An error about a field of the current row: file, line, column.</summary>
    public UserErrorException Error(int column, string what) => new($"{_path} line {Line}, column '{Header[column]}': {what}");

    /// <inheritdoc/>
    public void Dispose() => _csv.Dispose();

    private bool Next()
    {
        while (true)
        {
            Line = _csv.Parser.RawRow + 1 + LinesBefore;
            if (!_csv.Read())
            {
                if (_count == 0 && _rules.NoRows is { } none) throw new UserErrorException($"{_path}: {none}");
                return false;
            }
            if (IsEmptyLine())
            {
                if (_rules.SkipsEmptyLines) continue;
                if (Header.Count > 1)
                {
                    if (!AtEnd()) throw At(Line, "an empty line between rows; remove it."); // those behind the last row are no rows
                    continue;
                }
            }
            if (_csv.Parser.Count != Header.Count)
            {
                if (_rules.SkipsRaggedRows) continue;
                throw At(Line, _rules.Ragged(_csv.Parser.Count, Header.Count));
            }
            if (_count++ == _rules.MostRows) throw At(Line, _rules.TooManyRows(_rules.MostRows));
            return true;
        }
    }

    /// <summary>Lines before those that the parser counts.</summary>
    private int LinesBefore => Dialect.Declaration > 0 ? 1 : 0;

    private bool IsEmptyLine() => _csv.Parser is { Count: 1 } parser && parser[0].Length == 0 && parser.RawRecord.AsSpan().Trim("\r\n").IsEmpty;

    private bool AtEnd()
    {
        while (_csv.Read()) if (!IsEmptyLine()) return false;
        return true;
    }

    private string[] ReadHeader()
    {
        bool read = _csv.Read();
        while (read && _rules.SkipsEmptyLines && IsEmptyLine()) read = _csv.Read();
        if (!read || IsEmptyLine()) return _rules.NoHeader is { } none ? throw new UserErrorException($"{_path}: {none}") : [];
        _csv.ReadHeader();
        string[] names = [.. _csv.HeaderRecord!.Select(name => name.TrimStart('\uFEFF'))]; // a mark within the quotes of the first name
        if (names.Length > _rules.MostColumns) throw new UserErrorException($"{_path}: {_rules.TooManyColumns(names.Length, _rules.MostColumns)}");
        if (_rules.NamesAreChecked) CheckNames(names);
        return names;
    }

    private void CheckNames(string[] names)
    {
        int empty = Array.FindIndex(names, _rules.FirstMayLackName && names.Length > 1 ? 1 : 0, n => n.Trim().Length == 0);
        if (empty >= 0) throw At(1 + LinesBefore, $"column {empty + 1} has no name; give it one.");
        string? twice = names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is null) return;
        int first = Array.IndexOf(names, twice);
        throw At(1 + LinesBefore, $"columns {first + 1} and {Array.IndexOf(names, twice, first + 1) + 1} are both named '{twice}'; rename one.");
    }

    private T Guarded<T>(Func<CsvRows, int, T> read, int column)
    {
        try { return read(this, column); }
        catch (MaxFieldSizeException e)
        {
            throw At(_csv.Parser.RawRow + LinesBefore, _rules.Unreadable($"a field is longer than {_rules.LongestField} characters; a quote may not have " +
                $"been closed."), e);
        }
        catch (CsvHelperException e) { throw At(_csv.Parser.RawRow + LinesBefore, _rules.Unreadable(e.Message.Split('\n')[0].Trim()), e); }
        catch (DecoderFallbackException e) { throw NoUtf8(_path, _isFile, e); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw Unreadable(_path, e); }
    }

    private UserErrorException At(long line, string what, Exception? inner = null) => new($"{_path} line {line}: {what}", inner);

    private static UserErrorException Unreadable(string path, Exception e) =>
        new($"{path}: cannot be read ({e.Message.TrimEnd('.')}); check that it is a file and that you may read it.", e);

    private static UserErrorException NoUtf8(string path, bool isFile, Exception e) =>
        new($"{path}{(isFile ? TableText.LineOfBadByte(path) : "")}: its bytes " +
        "are no UTF-8 text; save the file as UTF-8 (for example by iconv -f WINDOWS-1252 -t UTF-8).", e);
}
