using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>
/// Splits a table's rows into those that a generator is trained on and those that it is scored on. The same file gives the same parts, whatever the seed of a
/// run, so that runs compare. Classes keep their shares; rows that are equal in the columns that are trained on are in one part, since a test row
/// that is also a training row would say nothing.
/// </summary>
internal static class TableSplit
{
    /// <summary>The two parts, each in the file's order.</summary>
    /// <param name="table">All rows.</param>
    /// <param name="schema">What they are.</param>
    /// <param name="share">
    /// Share of each class that goes to the test part, above 0 and below 1. A row whose category no training row has goes to the training part: nothing could
    /// be fitted to it.
    /// </param>
    /// <exception cref="UserErrorException">A part would have no rows.</exception>
    public static (Table Train, Table Test) Of(Table table, TableSchema schema, double share)
    {
        long[] labels = schema.Label is null ? new long[table.Rows] : schema.Labels(table);
        Table kept = schema.Kept(table); // with an ID among them no two rows would be equal
        bool[] test = RowSplit.Part([.. Enumerable.Range(0, table.Rows).Select(row => Key(kept, row))], labels, share);
        foreach (ColumnSchema column in schema.Columns) KeepUnknown(table.Find(column.Name)!, column, schema.File, test);
        int[] train = [.. Enumerable.Range(0, table.Rows).Where(row => !test[row])], held = [.. Enumerable.Range(0, table.Rows).Where(row => test[row])];
        if (held.Length > 0) return (table.Pick(train), table.Pick(held));
        // A category of a single row can be tested on by no other row.
        ColumnSchema? single = schema.Columns.FirstOrDefault(c => c.Type == ColumnType.Categorical && table.Find(c.Name)!.Values.Count > table.Rows / 2);
        throw new UserErrorException(FormattableString.Invariant($"{table.Path}: none of its {table.Rows} rows can be kept apart as a test part ") +
            (single is null ? FormattableString.Invariant($"(data.test={share}); give more rows, or a larger share.")
                : $"where column '{single.Name}' has another category in most rows; leave it out by --drop {single.Name}."));
    }

    private static void KeepUnknown(TableColumn column, ColumnSchema schema, SchemaFile file, bool[] test)
    {
        bool oneHot = schema.Type is ColumnType.Categorical or ColumnType.Boolean || schema.Encoding == NumberEncoding.OneHot;
        bool[] known = new bool[column.Values.Count];
        for (int row = 0; row < test.Length; row++) known[column.Codes[row]] |= !test[row];
        bool gapKnown = Enumerable.Range(0, known.Length).Any(code => known[code] && file.Missing.Contains(column.Values[code]));
        for (int row = 0; row < test.Length; row++)
        {
            bool gap = file.Missing.Contains(column.Values[column.Codes[row]]);
            if (gap ? !gapKnown : oneHot && !known[column.Codes[row]]) test[row] = false;
        }
    }

    private static string Key(Table table, int row) => string.Join('\u001f', table.Columns.Select(c => c.Codes[row]));
}
