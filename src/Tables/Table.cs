using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>A table of named columns of equal length: a CSV file as it is, or rows that were generated.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, TableColumn> _byName;
    private readonly int[] _lines;

    /// <summary>A table over columns that the caller no longer changes.</summary>
    /// <exception cref="UserErrorException">There is no row, columns differ in length, or a name comes twice.</exception>
    public Table(params IReadOnlyList<TableColumn> columns) : this("the table", "", columns, null)
    {
        if (columns.Count == 0 || columns[0].Rows == 0) throw new UserErrorException("a table needs at least one column and one row.");
        if (columns.FirstOrDefault(c => c.Rows != columns[0].Rows) is { } odd)
            throw new UserErrorException($"column '{odd.Name}' has {odd.Rows} values, but '{columns[0].Name}' has {columns[0].Rows}; " +
                "give every column as many.");
        if (columns.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new UserErrorException($"there are {twice.Count()} columns '{twice.Key}'; give each a name of its own.");
    }

    /// <summary>A table that was read.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="sha256">SHA-256 (hex) of its bytes.</param>
    /// <param name="columns">Its columns: of equal length, each of a name of its own.</param>
    /// <param name="lines">[rows] the line of the file on which each row begins, from 1; null where there is no file.</param>
    public Table(string path, string sha256, IReadOnlyList<TableColumn> columns, int[]? lines)
    {
        (Path, Sha256, Columns) = (path, sha256, columns);
        _lines = lines ?? [.. Enumerable.Range(1, columns.FirstOrDefault()?.Rows ?? 0)];
        _byName = new Dictionary<string, TableColumn>(columns.Count, StringComparer.Ordinal);
        foreach (TableColumn column in columns) _byName.TryAdd(column.Name, column);
    }

    /// <summary>The file, for messages.</summary>
    public string Path { get; }

    /// <summary>SHA-256 (hex) of its bytes; empty where there is no file.</summary>
    public string Sha256 { get; }

    /// <summary>How its numbers are written, by the dialect of the file.</summary>
    public NumberHints Hints { get; init; } = NumberHints.Invariant;

    /// <summary>Its columns, in the header's order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The names of its columns.</summary>
    public IReadOnlyList<string> Header => [.. Columns.Select(c => c.Name)];

    /// <summary>Number of rows.</summary>
    public int Rows => _lines.Length;

    /// <summary>The column of that name.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public TableColumn this[string name] => Find(name)
        ?? throw UserErrorException.Listing($"the table has no column '{name}'{ColumnNames.Hint(name, Header)}.");

    /// <summary>The column of that name, or null.</summary>
    public TableColumn? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Whether it has a column of that name.</summary>
    public bool Has(string name) => _byName.ContainsKey(name);

    /// <summary>[rows] the line of the file on which each row begins, from 1; the row's own number where there is no file.</summary>
    public IReadOnlyList<int> Lines => _lines;

    /// <summary>The table of some of its rows (from 0), in that order; they keep the numbers of their lines.</summary>
    public Table Pick(IReadOnlyList<int> rows) => new(Path, Sha256, [.. Columns.Select(c => c.Pick(rows))], [.. rows.Select(row => _lines[row])])
    {
        Hints = Hints,
    };

    /// <summary>The same rows with other columns, each of as many values.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public Table WithColumns(IReadOnlyList<TableColumn> columns) => columns.Count > 0 ? new(Path, Sha256, columns, _lines) { Hints = Hints }
        : throw new UserErrorException("a table needs at least one column and one row.");

    /// <summary>The columns in the order of another table that has the same.</summary>
    public Table Arranged(Table other) => WithColumns([.. other.Columns.Select(c => this[c.Name])]);

    /// <summary>Every row as one text that equals another's where all values do.</summary>
    public IEnumerable<string> Keys() => Enumerable.Range(0, Rows).Select(Key);

    /// <summary>A row as one text; see <see cref="Keys"/>.</summary>
    public string Key(int row) => string.Join('\u001f', Columns.Select(c => c.Text(row) ?? "\0"));

    /// <summary>An error about one field: file, line, column.</summary>
    public UserErrorException Error(int row, TableColumn column, string what) => new($"{Path} line {_lines[row]}, column '{column.Name}': {what}");

    /// <summary>An error about a distinct value of a column, at the first row that has it.</summary>
    public UserErrorException ErrorAt(TableColumn column, int code, string what) => Error(Array.IndexOf(column.Codes, code), column, what);
}
