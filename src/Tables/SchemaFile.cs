using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>What a user says about one column; null is left to inference.</summary>
/// <param name="Type">The column's type.</param>
/// <param name="Encoding">How its numbers are encoded.</param>
/// <param name="Format">.NET format of its dates.</param>
internal sealed record ColumnOverride(ColumnType? Type = null, NumberEncoding? Encoding = null, string? Format = null)
{
    /// <summary>All values that it may have, in this order; null where they are taken from the rows.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>The smallest number that it may have; goes with <see cref="Max"/>.</summary>
    public double? Min { get; init; }

    /// <summary>The largest number that it may have.</summary>
    public double? Max { get; init; }

    /// <summary>Digits after the decimal point, where the range is said; 0 for whole numbers.</summary>
    public int? Decimals { get; init; }

    /// <summary>Whether values may be missing, where values or a range are said.</summary>
    public bool Optional { get; init; }

    /// <summary>Whether all that its code is made of is said here, so that nothing of it comes from the rows.</summary>
    public bool IsPublic => Values is not null || Min is not null;
}

/// <summary>What a user says about a table, in a small YAML file; all of it may be left out.</summary>
internal sealed record SchemaFile
{
    /// <summary>Texts that mean that a value is missing; by default the empty field alone.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [""];

    /// <summary>
    /// True generates missing values as often as the data has them; false fills them before training by the column's median or most frequent category.
    /// </summary>
    public bool KeepMissing { get; init; } = true;

    /// <summary>Numbers that an encoded row may have at most.</summary>
    public int MaxWidth { get; init; } = 4096;

    /// <summary>By column name.</summary>
    public IReadOnlyDictionary<string, ColumnOverride> Columns { get; init; } = new Dictionary<string, ColumnOverride>();

    /// <summary>Whether all that a column's code is made of is said here, so that nothing of it comes from the rows: what differential privacy needs.</summary>
    public bool IsPublic(string column) => Columns.GetValueOrDefault(column) is { IsPublic: true };

    /// <summary>
    /// Reads a file such as <c>missing: ["", "?"]</c>, <c>keep_missing: false</c>, <c>columns: { age: { type: integer, encoding: quantile } }</c>. What a
    /// column may hold can be said, too: <c>{ min: 0, max: 120, decimals: 0 }</c>, <c>{ values: [low, high], optional: true }</c>.
    /// </summary>
    /// <exception cref="UserErrorException">It is missing, no YAML, or says something that does not exist.</exception>
    public static SchemaFile Read(string path) => From(YamlReader.ReadFile(path, "name a schema file."));

    /// <summary>Reads it from text; <paramref name="source"/> names it in messages.</summary>
    /// <exception cref="UserErrorException">It is no YAML, or says something that does not exist.</exception>
    public static SchemaFile Parse(string yaml, string source) => From(YamlReader.Read(yaml, new YamlSource(source)));

    private static SchemaFile From(YamlValue? root)
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
        return Conflict(column) is { } conflict ? throw said.Error(conflict) : column;
    }

    /// <summary>What of a column's description does not go together; null where all does.</summary>
    private static string? Conflict(ColumnOverride column)
    {
        if (column.Min is null != column.Max is null || column.Min >= column.Max) return "min and max go together, and min must be below max";
        if (column is { Min: { } min, Max: { } max } && (column.Type == ColumnType.Integer ? 0 : column.Decimals) is { } decimals
            && Math.Ceiling(min * Math.Pow(10, decimals)) > Math.Floor(max * Math.Pow(10, decimals)))
            return $"no number of {decimals} decimals lies between min and max; say more decimals, or a wider range";
        bool range = column.Min is not null, values = column.Values is not null;
        if (range && values) return "a column has values or a range (min and max), not both";
        if ((column.Decimals is not null && !range) || (column.Optional && !column.IsPublic))
            return "decimals go with min and max, and optional with those or with values";
        if (range && column.Type is not (null or ColumnType.Numeric or ColumnType.Integer))
            return "min and max are of numbers; leave the type out, or make it numeric or integer";
        if (values && column.Type is not (null or ColumnType.Categorical)) return "values are of categories; leave the type out";
        return column.IsPublic && (column.Encoding is not null || column.Format is not null)
            ? "encoding and format are for columns whose values are taken from the rows; leave them out" : null;
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
