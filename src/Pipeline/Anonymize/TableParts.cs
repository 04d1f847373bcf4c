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
    /// Cuts a table. In which part a row is hangs on its own values and the seed alone: equal rows stay together, and a row more moves no other. Without
    /// differential privacy, which needs that, the rows of a class of which none would be trained on are trained on instead.
    /// </summary>
    /// <param name="table">All rows.</param>
    /// <param name="schema">What they are.</param>
    /// <param name="seed">Decides which rows are held back.</param>
    /// <param name="keepsClasses">Whether a class whose rows would all be held back is trained on.</param>
    /// <exception cref="UserErrorException">There are too few rows to evaluate with, or fewer than two classes to train on.</exception>
    public static TableParts Of(Table table, TableSchema schema, ulong seed, bool keepsClasses)
    {
        TableColumn[] columns = [.. table.Columns.Where(c => c.Name == schema.Label || schema.Columns.Any(s => s.Name == c.Name))];
        long[] labels = schema.Label is null ? new long[table.Rows] : schema.Labels(table);
        bool[] held = [.. Enumerable.Range(0, table.Rows)
            .Select(row => RowSplit.IsHeldOut(RealRows.Key([.. columns.Select(c => c[row])]), seed, HeldOutOneIn))];
        long[] lost = [.. labels.Distinct().Except(labels.Where((_, row) => !held[row]))];
        if (keepsClasses)
        {
            for (int row = 0; row < held.Length; row++) held[row] &= !lost.Contains(labels[row]);
        }
        else if (schema.Label is { } label && !schema.File.IsPublic(label) && labels.Distinct().Count() - lost.Length < 2)
        {
            throw new UserErrorException($"{table.Path}: no row of class {ClassMatch.List(lost.Select(c => schema.ClassNames[(int)c]))} is among those " +
                $"that are " +
                "trained on, which with differential privacy are drawn whatever their class, and fewer than two classes are left; give more rows of the " +
                    "class, " +
                $"say all classes in the schema file ({SchemaLine.Of(label, "values: [...]")}), or anonymise without a class column (--label \"\").");
        }
        int heldOut = held.Count(h => h);
        return heldOut >= LeastHeldOut ? new TableParts(table, Part(false), Part(true))
            : throw new UserErrorException($"{table.Path}: of its {table.Rows} rows only {heldOut} could be held back to evaluate with, " +
                $"and {LeastHeldOut} are needed; equal rows stay together. Give a larger table.");

        Table Part(bool isHeld) => table.Pick([.. Enumerable.Range(0, table.Rows).Where(row => held[row] == isHeld)]);
    }
}
