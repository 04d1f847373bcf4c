namespace GanPipeline.Tables.Forests;

/// <summary>The columns of a table as trees see them: numbers by the bin that they lie in, which keeps their order, categories by their place.</summary>
internal sealed class TreeColumns
{
    /// <summary>Bins of a column; a number's code is a byte.</summary>
    public const int Bins = 256;

    private readonly float[]?[] _edges; // null for categories
    private readonly int[][] _codes;
    private readonly int[] _levels;

    /// <summary>Columns, whose cells are all to be filled by <see cref="Set(int, int, float)"/> before a tree looks.</summary>
    /// <param name="categories">How many categories each column has; null for one of numbers.</param>
    /// <param name="rows">Number of rows.</param>
    public TreeColumns(IReadOnlyList<int?> categories, int rows)
    {
        Rows = rows;
        _edges = new float[categories.Count][];
        _codes = [.. categories.Select(_ => new int[rows])];
        _levels = [.. categories.Select(levels => levels ?? Bins)];
    }

    public int Rows { get; }

    public int Count => _codes.Length;

    /// <summary>Whether the codes have no order of their own.</summary>
    public bool IsCategory(int column) => _edges[column] is null;

    /// <summary>How many codes a column can have.</summary>
    public int Levels(int column) => _levels[column];

    /// <summary>[rows] bins of numbers, places of categories.</summary>
    public int[] Codes(int column) => _codes[column];

    /// <summary>Lays the bins of a column of numbers: a value each, or, where there are more values than bins, so that as many cells lie in each.</summary>
    /// <param name="column">The column.</param>
    /// <param name="known">Its visible values.</param>
    public void Divide(int column, float[] known)
    {
        float[] sorted = [.. known.Order()], different = [.. sorted.Distinct()];
        IEnumerable<int> starts = different.Length <= Bins ? Enumerable.Range(1, Math.Max(0, different.Length - 1))
            : Enumerable.Range(1, Bins - 1).Select(b => Array.BinarySearch(different, sorted[(int)((long)b * sorted.Length / Bins)]))
                .Where(start => start > 0).Distinct();
        _edges[column] = [.. starts.Select(s => different[s - 1] / 2 + different[s] / 2)];
    }

    /// <summary>Writes a number's cell.</summary>
    public void Set(int column, int row, float number) => _codes[column][row] = CodeOf(column, number);

    /// <summary>Writes a category's cell.</summary>
    public void Set(int column, int row, int category) => _codes[column][row] = category;

    /// <summary>The bin of a number, which need not be a row's: beyond the values it is the last bin on that side.</summary>
    public int CodeOf(int column, float number)
    {
        int found = Array.BinarySearch(_edges[column]!, number);
        return found < 0 ? ~found : found;
    }
}
