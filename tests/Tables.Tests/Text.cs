using System.Globalization;

namespace GanPipeline.Tables.Tests;

/// <summary>Tables from text.</summary>
internal static class Text
{
    public const string Path = "t.csv";

    public static Table Table(string csv) => TableReader.Read(new StringReader(csv), Path, "");

    /// <summary>A table of one column x and a class column that alternates.</summary>
    public static Table Column(IEnumerable<string> values) =>
        Table("x,class\n" + string.Concat(values.Select((v, i) =>
            $"{(v.Contains(',', StringComparison.Ordinal) ? $"\"{v}\"" : v)},{(i % 2 == 0 ? "a" : "b")}\n")));

    public static TableSchema Schema(Table table, string yaml = "") => TableSchema.Infer(table, "class", SchemaFile.Parse(yaml, "s.yaml"));

    public static ColumnSchema Infer(IEnumerable<string> values, string yaml = "") =>
        ColumnInference.Infer(Column(values), Column(values).Columns[0], SchemaFile.Parse(yaml, "s.yaml"));

    public static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
