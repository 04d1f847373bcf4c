using System.Globalization;
using GanPipeline.Tables;

namespace GanPipeline.Training.Imputation;

/// <summary>One column's place among the numbers of a row.</summary>
/// <param name="Code">How its texts and its values belong together.</param>
/// <param name="First">Its first number in a row.</param>
/// <param name="Width">How many it has: 1 for numbers and dates, one a category otherwise.</param>
/// <param name="Mean">Mean of its known values (numbers).</param>
/// <param name="Deviation">Standard deviation of its known values (numbers), above 0.</param>
internal sealed record CellColumn(ColumnCode Code, int First, int Width, double Mean, double Deviation)
{
    public bool IsNumber => Code.Kind == CodeKind.Quantile;

    /// <summary>The numbers of a text.</summary>
    public void Encode(string text, Span<float> cell)
    {
        if (IsNumber) cell[0] = (float)((Value(text) - Mean) / Deviation);
        else cell[Code.SlotOf(text)] = 1;
    }

    /// <summary>The text of a number in the column's own units, in its range and with its digits.</summary>
    public string NumberText(double standardized)
    {
        double value = Math.Clamp(standardized * Deviation + Mean, Code.Lowest, Code.Highest);
        if (Code.Dates is { } dates) return dates.Text((long)dates.Nearest(value));
        return Code.Wholes is { } wholes ? Code.Style!.Format(wholes.Number(Math.Round(value))) : Code.Style!.Format(Code.Rounded(value));
    }

    private double Value(string text) => Code.Number(text);

    public static CellColumn Of(TableColumn column, ColumnCode code, IReadOnlyList<string> missing, int first)
    {
        if (code.Kind == CodeKind.OneHot) return new CellColumn(code, first, code.Categories.Count, 0, 1);
        var bare = new CellColumn(code, first, 1, 0, 1);
        int[] counts = column.Counts();
        (double Value, int Count)[] known =
            [.. Enumerable.Range(0, counts.Length).Where(c => !missing.Contains(column.Values[c])).Select(c => (bare.Value(column.Values[c]), counts[c]))];
        double total = known.Sum(k => (double)k.Count), mean = known.Sum(k => k.Value * k.Count) / total;
        double variance = known.Sum(k => (k.Value - mean) * (k.Value - mean) * k.Count) / total;
        return bare with { Mean = mean, Deviation = variance > 0 ? Math.Sqrt(variance) : 1 };
    }
}

/// <summary>
/// A table's cells as numbers: numbers standardised by the known values, categories one-hot; first all columns of numbers, then all columns of categories.
/// Columns that are the same everywhere have no cells.
/// </summary>
internal sealed class CellTable
{
    private CellTable(Table table, CellColumn[] columns)
    {
        (Table, Columns, Width) = (table, columns, columns.Sum(c => c.Width));
        Values = new float[ArrayLimit.Check((Int128)table.Rows * Width, $"{table.Path}, {table.Rows} rows of cells, {Width} numbers wide",
            "take a part of the rows, or leave columns out")];
        Known = new float[ArrayLimit.Check((Int128)table.Rows * columns.Length, $"{table.Path}, {table.Rows} rows of {columns.Length} columns",
            "take a part of the rows, or leave columns out")];
    }

    public Table Table { get; }

    public IReadOnlyList<CellColumn> Columns { get; }

    /// <summary>Numbers in a row.</summary>
    public int Width { get; }

    /// <summary>How many columns of numbers come first.</summary>
    public int Numbers => Columns.Count(c => c.IsNumber);

    /// <summary>[rows, <see cref="Width"/>], 0 where the cell is missing.</summary>
    public float[] Values { get; }

    /// <summary>[rows, columns]: 1 where the cell has a value.</summary>
    public float[] Known { get; }

    /// <summary>Reads the cells of every column that varies.</summary>
    /// <exception cref="UserErrorException">The columns cannot be told apart or encoded; a row has no known cell at all.</exception>
    public static CellTable Of(Table table, TableSchema schema)
    {
        // Numbers stay numbers, also where a generator would make categories of their few values: what is guessed between two of them is nearer to both.
        TableSchema plain = schema with
        {
            Columns = [.. schema.Columns.Select(c => c.Type is ColumnType.Numeric or ColumnType.Integer or ColumnType.Date
                ? c with { Encoding = NumberEncoding.Quantile, Declared = null } : c)],
            File = schema.File with { Dependences = false }, // a column that follows from others has cells, too
        };
        ColumnCode[] codes = [.. TableCodec.Fit(table, plain).Columns.Where(c => c.Kind != CodeKind.Constant).OrderBy(c => c.Kind == CodeKind.OneHot)];
        var columns = new List<CellColumn>();
        foreach (ColumnCode code in codes) columns.Add(CellColumn.Of(table.Find(code.Name)!, code, schema.File.Missing, columns.Sum(c => c.Width)));
        var cells = new CellTable(table, [.. columns]);
        cells.Fill(schema.File.Missing);
        return cells;
    }

    /// <summary>How many cells each column lacks, by name; columns that lack none are not named.</summary>
    public IReadOnlyDictionary<string, int> MissingByColumn() =>
        Columns.Select((c, k) => (c.Code.Name, Missing: Enumerable.Range(0, Table.Rows).Count(row => Known[row * Columns.Count + k] == 0)))
        .Where(c => c.Missing > 0).ToDictionary(c => c.Name, c => c.Missing, StringComparer.Ordinal);

    private void Fill(IReadOnlyList<string> missing)
    {
        for (int k = 0; k < Columns.Count; k++)
        {
            CellColumn column = Columns[k];
            TableColumn text = Table.Find(column.Code.Name)!;
            float[][] byCode = [.. text.Values.Select(value =>
            {
                float[] cell = new float[column.Width];
                if (!missing.Contains(value)) column.Encode(value, cell);
                return cell;
            })];
            for (int row = 0; row < Table.Rows; row++)
            {
                if (missing.Contains(text[row])) continue;
                byCode[text.Codes[row]].CopyTo(Values, row * Width + column.First);
                Known[row * Columns.Count + k] = 1;
            }
        }
    }
}
