using GanPipeline.Evaluation.Tables;
using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>
/// Real rows as texts that equal a generated row's where the two are the same: numbers as a generator writes them, what is missing as an empty text.
/// </summary>
/// <param name="columns">The generator's columns.</param>
/// <param name="schema">What is known of the table.</param>
internal sealed class RealRows(IReadOnlyList<OutputColumn> columns, SchemaFile schema)
{
    private readonly ColumnTexts[] _texts = [.. columns.Select(column => new ColumnTexts(column))];

    /// <summary>[rows][columns] texts.</summary>
    public string[][] Of(Table table)
    {
        string[][] rows = [.. Enumerable.Range(0, table.Rows).Select(_ => new string[columns.Count])];
        for (int k = 0; k < columns.Count; k++)
        {
            TableColumn column = table.Find(columns[k].Name)!;
            string[] texts = [.. column.Values.Select((value, code) => Text(table, column, value, code, k))];
            for (int row = 0; row < rows.Length; row++) rows[row][k] = texts[column.Codes[row]];
        }
        return rows;
    }

    /// <summary>Rows of texts as a table to measure.</summary>
    public Table ToTable(IReadOnlyList<string[]> rows) => new([.. columns.Select((column, k) => column.IsText
        ? new TableColumn(column.Name, [.. rows.Select(r => r[k].Length == 0 ? null : r[k])])
        : new TableColumn(column.Name,
            [.. rows.Select(r => _texts[k].Number(r[k]))]))]);

    /// <summary>A row as one text.</summary>
    public static string Key(string[] row) => string.Join('\u001f', row);

    private string Text(Table table, TableColumn column, string value, int code, int place)
    {
        if (schema.Missing.Contains(value)) return "";
        if (columns[place].IsText) return value;
        return _texts[place].Text(value)
            ?? throw table.ErrorAt(column, code, $"'{value}' is no finite number, but the column is one of numbers in the rows that are trained on; " +
                "say in a schema file what it is.");
    }
}
