using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>
/// Which columns of two tables are compared: IDs, free text and indices are not, whichever of the tables has them. By a number of the row no row of one table
/// would be near one of the other, and none would be a copy.
/// </summary>
internal static class ComparedColumns
{
    /// <summary>The tables without the columns that say nothing, each of which is said once.</summary>
    /// <param name="real">The real rows.</param>
    /// <param name="others">Rows that are compared with them.</param>
    /// <param name="target">The column to predict, which stays; null for none.</param>
    /// <param name="context">Hears what is left out.</param>
    public static (Table Real, Table[] Others) Of(Table real, Table[] others, string? target, StageContext context)
    {
        var file = new SchemaFile();
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (Table table in others.Prepend(real))
        {
            foreach (SurveyedColumn column in TableSurvey.Of(table, label: null, file).Columns)
            {
                // What the real rows have and what it is there is decided by them: of few generated rows each may be another one.
                string name = column.Column.Name;
                if (column.Dropped is null || name == target || (table != real && real.Has(name)) || !told.Add(name)) continue;
                context.Note($"{table.Path}: {RowNames.Says(column.Column, column.Schema!, file)}, and it is not compared");
            }
        }
        return (Without(real), [.. others.Select(Without)]);

        Table Without(Table table) => told.Count == 0 ? table : table.WithColumns([.. table.Columns.Where(c => !told.Contains(c.Name))]);
    }
}
