namespace GanPipeline.Tables;

/// <summary>What one pass over a CSV file found in one of its columns.</summary>
/// <param name="Header">Names of all columns, in the file's order.</param>
/// <param name="Values">The column's distinct values in order of appearance, the rows that have each, and the line on which it is first.</param>
internal sealed record ColumnScan(IReadOnlyList<string> Header, IReadOnlyList<(string Value, long Rows, long FirstLine)> Values)
{
    /// <summary>Rows of the file.</summary>
    public long Count => Values.Sum(v => v.Rows);
}
