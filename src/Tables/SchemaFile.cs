using GanPipeline.Primitives;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GanPipeline.Tables;

/// <summary>What a user says about one column; null is left to inference.</summary>
/// <param name="Type">The column's type.</param>
/// <param name="Encoding">How its numbers are encoded.</param>
/// <param name="Format">.NET format of its dates.</param>
public sealed record ColumnOverride(ColumnType? Type = null, NumberEncoding? Encoding = null, string? Format = null)
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
public sealed record SchemaFile
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
    public static SchemaFile Read(string path)
    {
        if (!File.Exists(path)) throw new UserErrorException($"{path}: no such schema file.");
        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>Reads it from text; <paramref name="source"/> names it in messages.</summary>
    public static SchemaFile Parse(string yaml, string source)
    {
        var stream = new YamlStream();
        try { stream.Load(new StringReader(yaml)); }
        catch (YamlException e) { throw new UserErrorException($"{source} line {e.Start.Line}: not readable as YAML ({e.Message.TrimEnd('.')}).", e); }
        if (stream.Documents.Count == 0) return new SchemaFile();
        var schema = new SchemaFile();
        foreach ((YamlNode key, YamlNode value) in Mapping(stream.Documents[0].RootNode, source).Children)
        {
            schema = ((YamlScalarNode)key).Value switch
            {
                "missing" => schema with { Missing = value is YamlSequenceNode list ? [.. list.Select(n => Text(n, source))] : [Text(value, source)] },
                "keep_missing" => schema with { KeepMissing = Choice(value, source, "true or false", Truth) },
                "max_width" => schema with
                {
                    MaxWidth = Choice(value, source, "a whole number from 1 to 1000000", t => int.TryParse(t, out int n)
                    && n is >= 1 and <= 1_000_000 ? n : (int?)null)
                },
                "columns" => schema with
                {
                    Columns = Mapping(value, source)
                    .ToDictionary(c => Text(c.Key, source), c => Column(c.Value, source), StringComparer.Ordinal)
                },
                var other => throw Error(key, source, $"unknown key '{other}'; there are missing, keep_missing, max_width, columns"),
            };
        }
        return schema;
    }

    private static ColumnOverride Column(YamlNode node, string source)
    {
        var column = new ColumnOverride();
        foreach ((YamlNode key, YamlNode value) in Mapping(node, source).Children)
        {
            column = ((YamlScalarNode)key).Value switch
            {
                "type" => column with { Type = Choice(value, source, "one of numeric, integer, boolean, categorical, date, drop", Type) },
                "encoding" => column with { Encoding = Choice(value, source, "one of mixture, quantile, one_hot", Encoding) },
                "format" => column with { Format = Text(value, source) },
                "values" => column with
                {
                    Values = value is YamlSequenceNode { Children.Count: > 1 } list
                    ? [.. list.Select(n => Text(n, source)).Distinct(StringComparer.Ordinal)]
                    : throw Error(value, source, "a list of at least two values is needed here")
                },
                "min" => column with { Min = Choice(value, source, "a number", Number) },
                "max" => column with { Max = Choice(value, source, "a number", Number) },
                "decimals" => column with
                {
                    Decimals = Choice(value, source, "a whole number from 0 to 6", t => int.TryParse(t, out int n)
                    && n is >= 0 and <= 6 ? n : (int?)null)
                },
                "optional" => column with { Optional = Choice(value, source, "true or false", Truth) },
                var other => throw Error(key, source, $"unknown key '{other}' of a column; there are type, encoding, format, values, min, max, decimals, " +
                    $"optional"),
            };
        }
        return Checked(column, node, source);
    }

    private static ColumnOverride Checked(ColumnOverride column, YamlNode node, string source) =>
        column.Min is null != column.Max is null || column.Min >= column.Max ? throw Error(node, source, "min and max go together, and min must be below max")
        : column is { Min: not null, Values: not null } ? throw Error(node, source, "a column has values or a range (min and max), not both")
        : column is { Min: { } min, Max: { } max } && (column.Type == ColumnType.Integer ? 0 : column.Decimals) is { } decimals
            && Math.Ceiling(min * Math.Pow(10, decimals)) > Math.Floor(max * Math.Pow(10, decimals))
            ? throw Error(node, source, $"no number of {decimals} decimals lies between min and max; say more decimals, or a wider range")
        : column is { Decimals: not null, Min: null } || column is { Optional: true, IsPublic: false }
            ? throw Error(node, source, "decimals go with min and max, and optional with those or with values")
        : column is { Min: not null, Type: not (null or ColumnType.Numeric or ColumnType.Integer) }
            ? throw Error(node, source, "min and max are of numbers; leave the type out, or make it numeric or integer")
        : column is { Values: not null, Type: not (null or ColumnType.Categorical) } ? throw Error(node, source, "values are of categories; leave the type out")
        : column is { IsPublic: true } and ({ Encoding: not null } or { Format: not null })
            ? throw Error(node, source, "encoding and format are for columns whose values are taken from the rows; leave them out")
        : column;

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

    private static T Choice<T>(YamlNode node, string source, string wanted, Func<string, T?> parse) where T : struct =>
        parse(Text(node, source)) ?? throw Error(node, source, $"'{Text(node, source)}' must be {wanted}");

    private static string Text(YamlNode node, string source) => (node as YamlScalarNode)?.Value ?? throw Error(node, source, "plain text is needed here");

    private static YamlMappingNode Mapping(YamlNode node, string source) => node as YamlMappingNode
        ?? throw Error(node, source, "a mapping (key: value lines) is needed here");

    private static UserErrorException Error(YamlNode node, string source, string what) => new($"{source} line {node.Start.Line}: {what}.");
}
