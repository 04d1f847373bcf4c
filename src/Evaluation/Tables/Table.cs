using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Evaluation.Tables;

/// <summary>A column of a table: numbers or words, either with gaps.</summary>
internal sealed class TableColumn
{
    /// <summary>A column of numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="numbers">[rows]; NaN where a value is missing.</param>
    public TableColumn(string name, double[] numbers) => (Name, Numbers) = (name, numbers);

    /// <summary>A column of categories.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="words">[rows]; null where a value is missing.</param>
    public TableColumn(string name, string?[] words) => (Name, Words) = (name, words);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>[rows] NaN where a value is missing; null for a column of words.</summary>
    public double[]? Numbers { get; }

    /// <summary>[rows] null where a value is missing; null for a column of numbers.</summary>
    public string?[]? Words { get; }

    /// <summary>Whether it holds numbers.</summary>
    public bool IsNumeric => Numbers is not null;

    /// <summary>Number of values.</summary>
    public int Rows => Numbers?.Length ?? Words!.Length;

    /// <summary>Share of the rows without a value.</summary>
    public double MissingShare => (double)(Numbers?.Count(double.IsNaN) ?? Words!.Count(w => w is null)) / Rows;

    /// <summary>A value as text; null where it is missing.</summary>
    internal string? Text(int row) => Words is not null ? Words[row] : double.IsNaN(Numbers![row]) ? null
        : Numbers[row].ToString("R", CultureInfo.InvariantCulture);

    internal TableColumn Pick(IReadOnlyList<int> rows) => Numbers is not null ? new TableColumn(Name, [.. rows.Select(r => Numbers[r])])
        : new TableColumn(Name, [.. rows.Select(r => Words![r])]);
}

/// <summary>A table of named columns of equal length.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, TableColumn> _byName;

    /// <summary>A table over columns that the caller no longer changes.</summary>
    /// <exception cref="UserErrorException">There is no row, columns differ in length, or a name comes twice.</exception>
    public Table(params IReadOnlyList<TableColumn> columns)
    {
        if (columns.Count == 0 || columns[0].Rows == 0) throw new UserErrorException("a table needs at least one column and one row.");
        if (columns.FirstOrDefault(c => c.Rows != columns[0].Rows) is { } odd)
            throw new UserErrorException($"column '{odd.Name}' has {odd.Rows} values, but '{columns[0].Name}' has {columns[0].Rows}; " +
                "give every column as many.");
        if (columns.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new UserErrorException($"there are {twice.Count()} columns '{twice.Key}'; give each a name of its own.");
        (Columns, _byName) = (columns, columns.ToDictionary(c => c.Name, StringComparer.Ordinal));
    }

    /// <summary>Its columns in order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Number of rows, at least 1.</summary>
    public int Rows => Columns[0].Rows;

    /// <summary>The column of that name.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public TableColumn this[string name] => _byName.TryGetValue(name, out TableColumn? column) ? column
        : throw new UserErrorException($"the table has no column '{name}'; it has {string.Join(", ", Columns.Take(20).Select(c => c.Name))}.");

    /// <summary>Whether it has a column of that name.</summary>
    public bool Has(string name) => _byName.ContainsKey(name);

    /// <summary>The rows at some places, in that order.</summary>
    public Table Pick(IReadOnlyList<int> rows) => new([.. Columns.Select(c => c.Pick(rows))]);

    /// <summary>The columns in the order of another table that has the same.</summary>
    internal Table Arranged(Table other) => new([.. other.Columns.Select(c => this[c.Name])]);

    /// <summary>So many rows drawn without replacement, or all.</summary>
    internal Table Sample(int rows, ulong seed)
    {
        if (rows >= Rows) return this;
        return Pick(Metrics.Bootstrap.Order(Rows, seed, "rows of a table")[..rows]);
    }

    /// <summary>Every row as one text that equals another's where all values do.</summary>
    internal IEnumerable<string> Keys() => Enumerable.Range(0, Rows).Select(r => string.Join('\u001f', Columns.Select(c => c.Text(r) ?? "\u0000")));
}
