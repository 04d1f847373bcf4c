using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>A table in two parts: about four fifths to train on, the others to evaluate with.</summary>
/// <param name="Whole">All rows.</param>
/// <param name="Training">Rows that the generator is trained on.</param>
/// <param name="HeldOut">Rows that it never sees.</param>
internal sealed record TableParts(Table Whole, Table Training, Table HeldOut)
{
    private const int HeldOutOneIn = 5, LeastHeldOut = 10;

    /// <summary>
    /// Cuts a table. In which part a row is hangs on its own values and the seed alone: equal rows stay together, and a row more moves no other.
    /// </summary>
    /// <exception cref="UserErrorException">There are too few rows to evaluate with.</exception>
    public static TableParts Of(Table table, TableSchema schema, ulong seed)
    {
        TableColumn[] columns = [.. table.Columns.Where(c => c.Name == schema.Label || schema.Columns.Any(s => s.Name == c.Name))];
        ILookup<bool, int> held = Enumerable.Range(0, table.Rows)
            .ToLookup(row => RowSplit.IsHeldOut(RealRows.Key([.. columns.Select(c => c[row])]), seed, HeldOutOneIn));
        int heldOut = held[true].Count();
        return heldOut >= LeastHeldOut ? new TableParts(table, table.Pick([.. held[false]]), table.Pick([.. held[true]]))
            : throw new UserErrorException($"{table.Path}: of its {table.Rows} rows only {heldOut} could be held back to evaluate with, " +
                $"and {LeastHeldOut} are needed; equal rows stay together. Give a larger table.");
    }
}
