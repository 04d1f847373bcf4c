using GanPipeline.Primitives;

namespace GanPipeline.Tables;

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
    public static SchemaFile Read(string path) => SchemaReader.Read(YamlReader.ReadFile(path, "name a schema file."));

    /// <summary>Reads it from text; <paramref name="source"/> names it in messages.</summary>
    /// <exception cref="UserErrorException">It is no YAML, or says something that does not exist.</exception>
    public static SchemaFile Parse(string yaml, string source) => SchemaReader.Read(YamlReader.Read(yaml, new YamlSource(source)));
}
