using static TorchSharp.torch;

namespace GanPipeline.Training.Imputation;

/// <summary>Guesses the cells that cannot be seen from those that can. A new method is one new file.</summary>
internal abstract class CellImputer
{
    /// <summary>The name in reports and options.</summary>
    public abstract string Name { get; }

    /// <summary>Learns from the cells that can be seen, and guesses the others; those that can be seen are of no meaning in the result.</summary>
    /// <param name="values">[N, width] the rows; what cannot be seen is 0.</param>
    /// <param name="visible">[N, columns] 1 where a cell can be seen.</param>
    /// <returns>[N, width]: standardised numbers, and for each category its probability. Left to the caller's dispose scope.</returns>
    public abstract Tensor Guess(Tensor values, Tensor visible);
}

/// <summary>The cells of a batch and how they lie, as tensors.</summary>
internal sealed class CellLayout : IDisposable
{
    public CellLayout(CellTable cells)
    {
        (Columns, Width, Numbers) = (cells.Columns, cells.Width, cells.Numbers);
        ColumnOf = tensor(Columns.SelectMany((c, k) => Enumerable.Repeat((long)k, c.Width)).ToArray()).DetachFromDisposeScope();
    }

    public IReadOnlyList<CellColumn> Columns { get; }

    public int Width { get; }

    public int Numbers { get; }

    /// <summary>[width] int64: the column of each number of a row.</summary>
    public Tensor ColumnOf { get; }

    /// <summary>[N, columns] of cells to [N, width] of their numbers.</summary>
    public Tensor Spread(Tensor byCell) => byCell.index_select(1, ColumnOf);

    public void Dispose() => ColumnOf.Dispose();
}
