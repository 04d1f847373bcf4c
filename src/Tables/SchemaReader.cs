using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>Reads a <see cref="SchemaFile"/> out of YAML.</summary>
internal static class SchemaReader
{
    /// <summary>What the YAML says; nothing where it is empty.</summary>
    /// <exception cref="UserErrorException">It says something that does not exist.</exception>
    public static SchemaFile Read(YamlValue? root)
    {
        var schema = new SchemaFile();
        foreach ((YamlText key, YamlValue value) in root is null ? [] : Mapping(root).Entries)
        {
            schema = key.Value switch
            {
                "missing" => schema with { Missing = value is YamlList list ? [.. list.Items.Select(Text)] : [Text(value)] },
                "keep_missing" => schema with { KeepMissing = Choice(value, "true or false", Truth) },
                "max_width" => schema with { MaxWidth = WholeNumber(value, 1, 1_000_000) },
                "columns" => schema with { Columns = Mapping(value).Entries.ToDictionary(c => c.Key.Value, c => Column(c.Value), StringComparer.Ordinal) },
                _ => throw key.Error($"unknown key '{key.Excerpt}'; there are missing, keep_missing, max_width, columns"),
            };
        }
        return schema;
    }

    private static ColumnOverride Column(YamlValue said)
    {
        var column = new ColumnOverride();
        foreach ((YamlText key, YamlValue value) in Mapping(said).Entries)
        {
            column = key.Value switch
            {
                "type" => column with { Type = Choice(value, "one of numeric, integer, boolean, categorical, date, drop", Type) },
                "encoding" => column with { Encoding = Choice(value, "one of mixture, quantile, one_hot", Encoding) },
                "format" => column with { Format = Text(value) },
                "values" => column with { Values = Values(value) },
                "min" => column with { Min = Choice(value, "a number", Number) },
                "max" => column with { Max = Choice(value, "a number", Number) },
                "decimals" => column with { Decimals = WholeNumber(value, 0, 6) },
                "optional" => column with { Optional = Choice(value, "true or false", Truth) },
                _ => throw key.Error($"unknown key '{key.Excerpt}' of a column; there are type, encoding, format, values, min, max, decimals, optional"),
            };
        }
        return column.Conflict() is { } conflict ? throw said.Error(conflict) : column;
    }

    private static IReadOnlyList<string> Values(YamlValue value) => value is YamlList { Items.Count: > 1 } list
        ? [.. list.Items.Select(Text).Distinct(StringComparer.Ordinal)] : throw value.Error("a list of at least two values is needed here");

    private static double? Number(string text) => ColumnInference.TryParse(text, out double number) ? number : null;

    private static bool? Truth(string text) => text switch { "true" => true, "false" => false, _ => null };

    private static ColumnType? Type(string text) => text switch
    {
        "numeric" => ColumnType.Numeric,
        "integer" => ColumnType.Integer,
        "boolean" => ColumnType.Boolean,
        "categorical" => ColumnType.Categorical,
        "date" => ColumnType.Date,
        "drop" => ColumnType.Drop,
        _ => null,
    };

    private static NumberEncoding? Encoding(string text) => text switch
    {
        "mixture" => NumberEncoding.Mixture,
        "quantile" => NumberEncoding.Quantile,
        "one_hot" => NumberEncoding.OneHot,
        _ => null,
    };

    private static int WholeNumber(YamlValue value, int least, int most) => Choice(value, $"a whole number from {least} to {most}",
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int n) && n >= least && n <= most ? n : (int?)null);

    private static T Choice<T>(YamlValue value, string wanted, Func<string, T?> parse) where T : struct =>
        parse(Text(value)) ?? throw value.Error($"'{((YamlText)value).Excerpt}' must be {wanted}");

    private static string Text(YamlValue value) => (value as YamlText)?.Value ?? throw value.Error("plain text is needed here");

    private static YamlMap Mapping(YamlValue value) => value as YamlMap ?? throw value.Error("a mapping (key: value lines) is needed here");
}
