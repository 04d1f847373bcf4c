using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>What was found out about one column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Schema">What it is; null where it cannot be used.</param>
/// <param name="Problem">Why it cannot be used; null where it can.</param>
internal sealed record SurveyedColumn(TableColumn Column, ColumnSchema? Schema, UserErrorException? Problem)
{
    /// <summary>Why it is not trained on; null where it is.</summary>
    public DropReason? Dropped => Schema is null ? null : RowNames.ReasonOf(Schema.Type);

    /// <summary>Sentences about what was noticed and how it is handled, without their full stops.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>
/// A look at all columns of a table. It does not end at the first one that cannot be used: <see cref="TableSchema.Infer"/> refuses the table by the first of
/// <see cref="Problems"/>, and <c>gan describe</c> lists them all.
/// </summary>
/// <param name="Columns">The columns beside the label, in the file's order.</param>
/// <param name="ClassNames">The classes; none without a label, or where it cannot be used.</param>
/// <param name="Problems">All that keeps the table from being trained on.</param>
internal sealed record TableSurvey(IReadOnlyList<SurveyedColumn> Columns, IReadOnlyList<string> ClassNames, IReadOnlyList<UserErrorException> Problems)
{
    /// <summary>What a note promises of a column that lacks values; a generator that is not fitted to keep it must not make it.</summary>
    public const string LackedAsOften = "generated rows lack it as often";

    /// <summary>What was noticed of the label.</summary>
    public IReadOnlyList<string> LabelNotes { get; private init; } = [];

    /// <summary>Looks at a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="label">Name of the class column, or null for none.</param>
    /// <param name="file">What the user declares.</param>
    /// <exception cref="UserErrorException">What the user declares does not belong to the table.</exception>
    public static TableSurvey Of(Table table, string? label, SchemaFile file)
    {
        file.Choices.Check(table, label);
        if (file.Columns.Keys.FirstOrDefault(name => table.Find(name) is null) is { } unknown)
            throw UserErrorException.Listing(
                $"{table.Path}: the schema speaks of a column '{unknown}', which the header does not have{ColumnNames.Hint(unknown, table.Header)}.");
        var problems = new List<UserErrorException>();
        var labelNotes = new List<string>();
        IReadOnlyList<string> classes = [];
        try
        {
            if (!file.IsOfPart) TotalsRow.Check(table);
            if (label is not null) classes = ClassColumn.Names(table, label, file, labelNotes);
        }
        catch (UserErrorException e) { problems.Add(e); }
        SurveyedColumn[] columns = [.. table.Columns.Where(c => c.Name != label).Select(c => Of(table, c, file))];
        problems.AddRange(columns.Select(c => c.Problem).OfType<UserErrorException>());
        if (problems.Count == 0 && columns.All(c => c.Dropped is not null || c.Schema!.Type == ColumnType.Constant))
        {
            string[] dropped = [.. columns.Where(c => c.Dropped is not null).Select(c => c.Column.Name)];
            problems.Add(new UserErrorException($"{table.Path}: no column beside the label varies; there is nothing to train on" +
                $"{(dropped.Length > 0 ? $" (dropped: {string.Join(", ", dropped)})" : "")}."));
        }
        return new TableSurvey(columns, classes, problems) { LabelNotes = labelNotes };
    }

    private static SurveyedColumn Of(Table table, TableColumn column, SchemaFile file)
    {
        try
        {
            ColumnSchema schema = ColumnInference.Infer(table, column, file);
            if (RowNames.IsNameless(column.Name) && schema.Type != ColumnType.Index)
                throw new UserErrorException($"{table.Path} line 1: column 1 has no name; give it one.");
            if (schema.Type == ColumnType.Drop) return new SurveyedColumn(column, schema with { Type = Unasked(table, column, file) }, null);
            return new SurveyedColumn(column, schema, null) { Notes = Notes(table, column, schema, file) };
        }
        catch (UserErrorException e) { return new SurveyedColumn(column, null, e); }
    }

    /// <summary>What a column that the user drops would be dropped as anyway: IDs can be numbered on in added rows.</summary>
    private static ColumnType Unasked(Table table, TableColumn column, SchemaFile file)
    {
        try
        {
            ColumnType type = ColumnInference.Infer(table, column, file with { Columns = new Dictionary<string, ColumnOverride>() }).Type;
            return RowNames.ReasonOf(type) is null ? ColumnType.Drop : type;
        }
        catch (UserErrorException) { return ColumnType.Drop; } // whatever is odd about it, it is dropped
    }

    private static List<string> Notes(Table table, TableColumn column, ColumnSchema schema, SchemaFile file)
    {
        var notes = new List<string>();
        if (RowNames.ReasonOf(schema.Type) is not null) notes.Add(RowNames.Note(column, schema, file));
        else if (schema.Type == ColumnType.Constant)
            notes.Add(schema.Missing > 0 ? $"column '{column.Name}' has no value in any row: generated rows have none either"
                : $"column '{column.Name}' is '{column.Values.First(text => !file.Missing.Contains(text))}' in all rows: generated rows have it too, " +
                    "and nothing is trained on it");
        else if (schema.Missing > 0 && schema.Declared is null)
            notes.Add($"column '{column.Name}' lacks a value in {schema.Missing} of {table.Rows} rows: " +
                (file.KeepMissing ? LackedAsOften : "filled before training, as keep_missing is false"));
        if (schema.Odd is { } odd) notes.Add(odd.Note(table, column));
        notes.AddRange(DateFit.Notes(column, schema, file));
        return notes;
    }
}
