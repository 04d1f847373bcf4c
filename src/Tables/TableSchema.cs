using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>What a column is, inferred or declared by the user.</summary>
/// <param name="Name">Name in the header.</param>
/// <param name="Type">What its values are.</param>
internal sealed record ColumnSchema(string Name, ColumnType Type)
{
    /// <summary>How its numbers are encoded; of no meaning for other types.</summary>
    public NumberEncoding Encoding { get; init; }

    /// <summary>How its dates are written; null for other types.</summary>
    public DateFormat? Format { get; init; }

    /// <summary>How its numbers are written; null for other types.</summary>
    public NumberStyle? Style { get; init; }

    /// <summary>The few of its numbers that are written otherwise than the style says; null where there are none.</summary>
    public OddNumbers? Odd { get; init; }

    /// <summary>Rows without a value.</summary>
    public int Missing { get; init; }

    /// <summary>What the user says that it may hold, where nothing of it is to be taken from the rows; else null.</summary>
    public ColumnOverride? Declared { get; init; }
}

/// <summary>A table's columns and classes, checked: what can be trained on it.</summary>
/// <param name="Columns">The features, in the file's order; without the label and what is dropped.</param>
/// <param name="Label">The class column's name; null for a table without classes.</param>
/// <param name="ClassNames">The classes' texts, in order of appearance.</param>
/// <param name="File">What the user declared.</param>
/// <param name="Notes">Sentences about what was noticed and how it is handled.</param>
internal sealed record TableSchema(IReadOnlyList<ColumnSchema> Columns, string? Label, IReadOnlyList<string> ClassNames, SchemaFile File,
    IReadOnlyList<string> Notes)
{
    /// <summary>Columns that are not trained on, in the file's order.</summary>
    public IReadOnlyList<DroppedColumn> Dropped { get; init; } = [];

    /// <summary>Those of <see cref="Notes"/> that say which columns are dropped, and why.</summary>
    public IReadOnlyList<string> DropNotes { get; init; } = [];

    /// <summary>Finds out what a table's columns are.</summary>
    /// <param name="table">The table.</param>
    /// <param name="label">Name of the class column, or null to train on all columns without a class.</param>
    /// <param name="file">What the user declares; null for nothing.</param>
    /// <exception cref="UserErrorException">A column or the label cannot be used as it is; the message says where and what to do.</exception>
    public static TableSchema Infer(Table table, string? label, SchemaFile? file = null)
    {
        file ??= new SchemaFile();
        return Of(TableSurvey.Of(table, label, file), label, file);
    }

    /// <summary>The schema that a look at all columns gives.</summary>
    /// <param name="survey">The look.</param>
    /// <param name="label">Name of the class column; null for none.</param>
    /// <param name="file">What the user declares.</param>
    /// <exception cref="UserErrorException">It found a column or the label that cannot be used as it is.</exception>
    public static TableSchema Of(TableSurvey survey, string? label, SchemaFile file)
    {
        if (survey.Problems is [var first, ..]) throw first;
        return new TableSchema([.. survey.Columns.Where(c => c.Dropped is null).Select(c => c.Schema!)], label, survey.ClassNames, file,
            [.. survey.LabelNotes, .. survey.Columns.SelectMany(c => c.Notes)])
        {
            Dropped = [.. survey.Columns.Where(c => c.Dropped is not null).Select(c => new DroppedColumn(c.Column.Name, c.Dropped!.Value))],
            DropNotes = [.. survey.Columns.Where(c => c.Dropped is not null).SelectMany(c => c.Notes)],
        };
    }

    /// <summary>The columns that are trained on and generated: the features and the label.</summary>
    public Table Kept(Table table) => table.WithColumns([.. table.Columns.Where(c => Dropped.All(d => d.Name != c.Name))]);

    /// <summary>The class index of each row.</summary>
    /// <param name="table">A table with the label column; every class must be one of <see cref="ClassNames"/>.</param>
    /// <exception cref="UserErrorException">There is no such column, or a row has another class.</exception>
    public long[] Labels(Table table)
    {
        if (Label is null) return [];
        TableColumn column = table.Find(Label) ?? throw ClassColumn.Lacking(table, Label);
        long[] byCode = new long[column.Values.Count];
        for (int code = 0; code < byCode.Length; code++)
        {
            byCode[code] = ClassNames.ToList().IndexOf(column.Values[code]);
            if (byCode[code] < 0)
                throw table.ErrorAt(column, code, $"'{column.Values[code]}' is none of the classes {string.Join(", ", ClassNames.Take(20))}; " +
                    "remove the row or train again.");
        }
        return Array.ConvertAll(column.Codes, code => byCode[code]);
    }

}
