using Microsoft.ML;

namespace GanPipeline.MlNet;

/// <summary>The generated columns of a table's added rows, in memory.</summary>
internal sealed class MadeColumns : GeneratedColumns
{
    private readonly Dictionary<int, MadeColumn> _columns = [];

    private MadeColumns()
    {
    }

    /// <summary>Makes the added rows, a chunk after the other.</summary>
    internal static MadeColumns Generate(TableRowGenerator generator, TableRows rows, IReadOnlyList<int> additions, Func<string, ulong> seedOf)
    {
        const int Chunk = 1 << 14;
        var made = new MadeColumns();
        int[] places = [.. rows.Columns.Select(c => generator.Columns.ToList().FindIndex(g => g.Name == c.Name))];
        MadeColumn[] columns = [.. rows.Columns.Select(c => made._columns[c.Index] = MadeColumn.Create(c, additions.Sum(a => (long)a), generator.Description))];
        long row = 0;
        for (int c = 0; c < additions.Count; c++)
        {
            string name = rows.Classes[c].Name;
            for (int first = 0; first < additions[c]; first += Chunk)
            {
                var values = generator.Generate(name, seedOf(name), first, Math.Min(Chunk, additions[c] - first));
                for (int k = 0; k < columns.Length; k++)
                    columns[k].Take(row + first, values[places[k]]);
            }
            row += additions[c];
        }
        return made;
    }

    internal override bool Has(DataViewSchema.Column column) => _columns.ContainsKey(column.Index);

    internal override Delegate Getter(DataViewSchema.Column column, Func<long> current) => _columns[column.Index].Getter(current);
}
