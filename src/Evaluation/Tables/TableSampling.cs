namespace GanPipeline.Evaluation.Tables;

/// <summary>Draws rows of a table.</summary>
internal static class TableSampling
{
    /// <summary>So many rows drawn without replacement, or all.</summary>
    internal static Table Sample(this Table table, int rows, ulong seed) =>
        rows >= table.Rows ? table : table.Pick(Bootstrap.Order(table.Rows, seed, "rows of a table")[..rows]);
}
