using GanPipeline.Primitives;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GanPipeline.Tables;

/// <summary>What a user says about one column; null is left to inference.</summary>
/// <param name="Type">The column's type.</param>
/// <param name="Encoding">How its numbers are encoded.</param>
/// <param name="Format">.NET format of its dates.</param>
public sealed record ColumnOverride(ColumnType? Type = null, NumberEncoding? Encoding = null, string? Format = null);

/// <summary>What a user says about a table, in a small YAML file; all of it may be left out.</summary>
public sealed record SchemaFile
{
    /// <summary>Texts that mean that a value is missing; by default the empty field alone.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [""];

    /// <summary>True generates missing values as often as the data has them; false fills them before training by the column's median or most frequent category.</summary>
    public bool KeepMissing { get; init; } = true;

    /// <summary>Numbers that an encoded row may have at most.</summary>
    public int MaxWidth { get; init; } = 4096;

    /// <summary>By column name.</summary>
    public IReadOnlyDictionary<string, ColumnOverride> Columns { get; init; } = new Dictionary<string, ColumnOverride>();

    /// <summary>Reads a file such as <c>missing: ["", "?"]</c>, <c>keep_missing: false</c>, <c>columns: { age: { type: integer, encoding: quantile } }</c>.</summary>
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
                "keep_missing" => schema with { KeepMissing = Choice(value, source, "true or false", t => t switch { "true" => true, "false" => false, _ => (bool?)null }) },
                "max_width" => schema with { MaxWidth = Choice(value, source, "a whole number from 1 to 1000000", t => int.TryParse(t, out int n) && n is >= 1 and <= 1_000_000 ? n : (int?)null) },
                "columns" => schema with { Columns = Mapping(value, source).ToDictionary(c => Text(c.Key, source), c => Column(c.Value, source), StringComparer.Ordinal) },
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
                var other => throw Error(key, source, $"unknown key '{other}' of a column; there are type, encoding, format"),
            };
        }
        return column;
    }

    private static ColumnType? Type(string text) => text switch
    {
        "numeric" => ColumnType.Numeric, "integer" => ColumnType.Integer, "boolean" => ColumnType.Boolean,
        "categorical" => ColumnType.Categorical, "date" => ColumnType.Date, "drop" => ColumnType.Drop, _ => null,
    };

    private static NumberEncoding? Encoding(string text) => text switch
    {
        "mixture" => NumberEncoding.Mixture, "quantile" => NumberEncoding.Quantile, "one_hot" => NumberEncoding.OneHot, _ => null,
    };

    private static T Choice<T>(YamlNode node, string source, string wanted, Func<string, T?> parse) where T : struct =>
        parse(Text(node, source)) ?? throw Error(node, source, $"'{Text(node, source)}' must be {wanted}");

    private static string Text(YamlNode node, string source) => (node as YamlScalarNode)?.Value ?? throw Error(node, source, "plain text is needed here");

    private static YamlMappingNode Mapping(YamlNode node, string source) => node as YamlMappingNode ?? throw Error(node, source, "a mapping (key: value lines) is needed here");

    private static UserErrorException Error(YamlNode node, string source, string what) => new($"{source} line {node.Start.Line}: {what}.");
}
