using System.Globalization;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>What there is to say of each column of a table, in a few words.</summary>
/// <param name="table">The table.</param>
/// <param name="survey">What was found out about its columns.</param>
/// <param name="label">The class column; null for none.</param>
/// <param name="file">What the user declares.</param>
/// <param name="codec">How rows are encoded; null where they cannot be.</param>
internal sealed class ColumnWords(Table table, TableSurvey survey, string? label, SchemaFile file, TableCodec? codec)
{
    private const int MostLevels = 3;
    private const double Heap = 0.2;

    private readonly Dictionary<string, SurveyedColumn> _surveyed = survey.Columns.ToDictionary(c => c.Column.Name, StringComparer.Ordinal);
    private readonly HashSet<string> _computed = [.. codec?.Derived.Select(c => c.Name) ?? []];

    /// <summary>What there is to say of a column.</summary>
    public DescribedColumn Of(TableColumn column)
    {
        int[] counts = column.Counts();
        (string Text, int Rows)[] values = [.. column.Values.Select((text, code) => (text, counts[code])).Where(v => !file.Missing.Contains(v.text))
            .OrderByDescending(v => v.Item2)];
        double missing = 1 - (double)values.Sum(v => v.Rows) / table.Rows;
        if (column.Name == label) return new DescribedColumn(column.Name, "class", Levels(values), missing, "");
        SurveyedColumn surveyed = _surveyed[column.Name];
        if (surveyed.Schema is not { } schema) return new DescribedColumn(column.Name, "", Levels(values), missing, "unusable");
        string type = schema.Type.ToString().ToLowerInvariant();
        return new DescribedColumn(column.Name, type, Range(schema, values), missing, Noticed(surveyed, schema, values));
    }

    /// <summary>From the smallest to the largest number or date, as the file writes them; else the most frequent values.</summary>
    private string Range(ColumnSchema schema, (string Text, int Rows)[] values)
    {
        if (schema.Declared is { Min: { } min, Max: { } max }) return string.Create(CultureInfo.InvariantCulture, $"{min} to {max}");
        if (schema.Type is not (ColumnType.Numeric or ColumnType.Integer or ColumnType.Date)) return Levels(values);
        (string Text, double? Place)[] placed = [.. values.Select(v => (v.Text, Place(schema, v.Text))).Where(v => v.Item2 is not null)];
        return placed.Length == 0 ? Levels(values) : $"{placed.MinBy(v => v.Place).Text.Trim()} to {placed.MaxBy(v => v.Place).Text.Trim()}";
    }

    private static double? Place(ColumnSchema schema, string text) =>
        schema.Format is { } format ? format.TryParse(text, out DateTime date) ? date.Ticks : null
            : schema.Style is { } style && style.TryParse(text, out double number) ? number : null;

    private string Levels((string Text, int Rows)[] values) => values.Length switch
    {
        0 => "none",
        1 => values[0].Text,
        _ when values[0].Rows == 1 => string.Create(CultureInfo.InvariantCulture, $"{values.Length}: {values[0].Text}, ..."),
        _ => string.Create(CultureInfo.InvariantCulture, $"{values.Length}: ") + string.Join(", ", values.Take(MostLevels).Select(Share))
            + (values.Length > MostLevels ? ", ..." : ""),
    };

    private string Share((string Text, int Rows) value) => string.Create(CultureInfo.InvariantCulture, $"{value.Text} {Percent(value.Rows)}");

    private string Percent(int rows) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * rows / table.Rows:0}%");

    private string Noticed(SurveyedColumn surveyed, ColumnSchema schema, (string Text, int Rows)[] values)
    {
        string name = surveyed.Column.Name;
        if (surveyed.Dropped is not null) return "dropped";
        if (_computed.Contains(name)) return "computed";
        if (schema.Declared is not null) return "declared";
        if (schema.Type is (ColumnType.Numeric or ColumnType.Integer) && values.Length > 2 && values[0].Rows >= Heap * table.Rows
            && schema.Encoding != NumberEncoding.OneHot) return Share(values[0]);
        return file.Choices.Keep.Contains(name) ? "kept" : "";
    }
}
