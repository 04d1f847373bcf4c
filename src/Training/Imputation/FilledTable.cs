using GanPipeline.TableFiles;
using GanPipeline.Tables;
using static TorchSharp.torch;

namespace GanPipeline.Training.Imputation;

/// <summary>A table whose missing cells have values.</summary>
/// <param name="Table">The table as it was.</param>
/// <param name="Cells">The filled cells' texts by column name and row.</param>
internal sealed record FilledTable(Table Table, IReadOnlyDictionary<string, IReadOnlyDictionary<int, string>> Cells)
{
    /// <summary>The text of a cell, filled where it was missing.</summary>
    public string this[TableColumn column, int row] => Cells.TryGetValue(column.Name, out var filled) && filled.TryGetValue(row, out string? text)
        ? text : column[row];

    /// <summary>Writes a file with the same header, order and rows; it appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="form">How it holds them.</param>
    public void Write(string path, TableForm form) => form.Write(path, [.. Table.Columns.Select(c => c.Name)],
        Enumerable.Range(0, Table.Rows).Select(row => Table.Columns.Select(column => this[column, row]).ToArray()));
}

/// <summary>Makes values out of guesses.</summary>
/// <param name="cells">The table.</param>
/// <param name="layout">How its cells lie.</param>
/// <param name="guess">[N, width] guesses of all cells.</param>
/// <param name="residuals">[N, width] truth minus guess where cells were held back.</param>
/// <param name="heldBack">[N, columns] 1 there.</param>
internal sealed class CellDraws(CellTable cells, CellLayout layout, Tensor guess, Tensor residuals, Tensor heldBack)
{
    private readonly float[] _guess = guess.data<float>().ToArray(), _residuals = residuals.data<float>().ToArray(), _heldBack = heldBack.data<float>()
        .ToArray();

    /// <summary>The mean of numbers and the likeliest category.</summary>
    public FilledTable Likeliest() => Fill((column, _, at) => column.IsNumber ? column.NumberText(_guess[at])
        : column.Code.Categories[IndexOfLargest(_guess.AsSpan(at, column.Width))]);

    /// <summary>
    /// A draw from what the cell could be: categories by their probabilities, numbers as the guess plus the error of a guess whose truth is known (stochastic
    /// regression imputation: Little and Rubin 2019, section 4.3), so that several draws differ as much as guesses err.
    /// </summary>
    public FilledTable Draw(ulong seed)
    {
        var random = new RandomStream(seed);
        float[][] errors = [.. layout.Columns.Select((c, k) => c.IsNumber ? Errors(c, k) : [])];
        return Fill((column, k, at) => column.IsNumber
            ? column.NumberText(_guess[at] + (errors[k].Length == 0 ? 0 : errors[k][(int)(random.NextDouble() * errors[k].Length)]))
            : column.Code.Categories[Pick(_guess.AsSpan(at, column.Width), random.NextDouble())]);
    }

    private FilledTable Fill(Func<CellColumn, int, int, string> text)
    {
        int columns = layout.Columns.Count;
        var filled = new Dictionary<string, IReadOnlyDictionary<int, string>>(StringComparer.Ordinal);
        for (int k = 0; k < columns; k++)
        {
            var rows = new Dictionary<int, string>();
            for (int row = 0; row < cells.Table.Rows; row++)
                if (cells.Known[row * columns + k] == 0) rows[row] = text(layout.Columns[k], k, row * cells.Width + layout.Columns[k].First);
            if (rows.Count > 0) filled[layout.Columns[k].Code.Name] = rows;
        }
        return new FilledTable(cells.Table, filled);
    }

    private float[] Errors(CellColumn column, int k) =>
        [.. Enumerable.Range(0, cells.Table.Rows).Where(row => _heldBack[row * layout.Columns.Count + k] == 1)
            .Select(row => _residuals[row * cells.Width + column.First])];

    /// <summary>The likeliest category; of equals the first.</summary>
    internal static int IndexOfLargest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++) if (values[i] > values[best]) best = i;
        return best;
    }

    private static int Pick(ReadOnlySpan<float> probabilities, double at)
    {
        double total = 0;
        foreach (float p in probabilities) total += p;
        at *= total;
        for (int i = 0; i < probabilities.Length - 1; i++) if ((at -= probabilities[i]) < 0) return i;
        return probabilities.Length - 1;
    }
}
