using Microsoft.ML;

namespace GanPipeline.MlNet;

/// <summary>The generated columns of a table's added rows, in memory.</summary>
internal sealed class GeneratedTable : GeneratedColumns
{
    private readonly Dictionary<int, GeneratedColumn> _columns = [];

    private GeneratedTable()
    {
    }

    /// <summary>Generates the added rows, a chunk after the other.</summary>
    internal static GeneratedTable Generate(ColumnGenerator generator, TableRows rows, IReadOnlyList<int> additions, Func<string, ulong> seedOf)
    {
        const int Chunk = 1 << 14;
        var table = new GeneratedTable();
        if (generator.Columns is null)
            return table;
        long all = additions.Sum(a => (long)a), row = 0;
        foreach (DataViewSchema.Column column in rows.Columns)
            table._columns[column.Index] = GeneratedColumn.Create(column, all, generator.Description);
        ILookup<bool, GeneratedColumn> omitted = table._columns.Values.ToLookup(c => generator.Omitted.Contains(c.Name));
        foreach (GeneratedColumn column in omitted[true])
            column.Empty();
        GeneratedColumn[] columns = [.. omitted[false]];
        for (int c = 0; c < additions.Count; c++)
        {
            string name = rows.Classes[c].Name;
            for (int first = 0; first < additions[c]; first += Chunk)
                generator.Generate(name, seedOf(name), first, Math.Min(Chunk, additions[c] - first), columns, row + first);
            row += additions[c];
        }
        return table;
    }

    internal override bool Has(DataViewSchema.Column column) => _columns.ContainsKey(column.Index);

    internal override Delegate Getter(DataViewSchema.Column column, Func<long> current) => _columns[column.Index].Getter(current);
}
