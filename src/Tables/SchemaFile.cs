using System.ComponentModel.DataAnnotations;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>What a user says about a table, in a small YAML file; all of it may be left out.</summary>
internal sealed record SchemaFile
{
    private const string MissingKey = "missing", ColumnsKey = "columns";

    private static readonly YamlBinder s_binder = new([], namesKeys: false);

    /// <summary>Texts that mean that a value is missing; by default the empty field alone.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [""];

    /// <summary>
    /// True generates missing values as often as the data has them; false fills them before training by the column's median or most frequent category.
    /// </summary>
    public bool KeepMissing { get; init; } = true;

    /// <summary>
    /// Whether columns that are exact functions of others (sums, products, copies, a code and its name) are looked for and computed in generated rows.
    /// </summary>
    public bool Dependences { get; init; } = true;

    /// <summary>Numbers that an encoded row may have at most.</summary>
    [Range(1, 1_000_000)]
    public int MaxWidth { get; init; } = 4096;

    /// <summary>What stands before the decimals of a number, a point or a comma; null where the file's dialect says it.</summary>
    public string? Decimal { get; init; }

    /// <summary>What stands between groups of three digits of a number; null where the file's dialect says it.</summary>
    public string? Thousands { get; init; }

    /// <summary>By column name.</summary>
    public IReadOnlyDictionary<string, ColumnOverride> Columns { get; init; } = new Dictionary<string, ColumnOverride>();

    /// <summary>What the command said beside the file; see <see cref="With"/>.</summary>
    public ColumnChoices Choices { get; private init; } = ColumnChoices.None;

    /// <summary>How a column's numbers are written: as is said for the column, else for the file, else by the file's dialect.</summary>
    public NumberHints Hints(Table table, string column)
    {
        ColumnOverride? own = Columns.GetValueOrDefault(column);
        if ((own?.Decimal ?? own?.Thousands ?? Decimal ?? Thousands) is null) return table.Hints;
        string? thousands = own?.Thousands ?? (own?.Decimal is null ? Thousands : null), point = own?.Decimal ?? (own?.Thousands is null ? Decimal : null);
        char mark = point?[0] ?? (thousands == "." ? ',' : thousands == "," ? '.' : table.Hints.Decimal);
        return new NumberHints(mark, thousands?[0] ?? (table.Hints.Thousands == mark ? null : table.Hints.Thousands));
    }

    /// <summary>Whether all that a column's code is made of is declared here, so that the rows give nothing of it: what differential privacy needs.</summary>
    public bool IsPublic(string column) => Columns.GetValueOrDefault(column) is { IsPublic: true };

    /// <summary>The same with what a command says beside it.</summary>
    /// <exception cref="UserErrorException">The two contradict each other.</exception>
    public SchemaFile With(ColumnChoices choices)
    {
        choices.Check(Columns);
        var columns = new Dictionary<string, ColumnOverride>(Columns, StringComparer.Ordinal);
        foreach (string name in choices.Drop) columns[name] = new ColumnOverride { Type = ColumnType.Drop };
        return this with { Choices = choices, Columns = columns, Missing = [.. Missing.Union(choices.Missing)] };
    }

    /// <summary>Whether the code of a column of odd numbers may list them all, so that generated ones are among them.</summary>
    public bool KeepsValues { get; private init; } = true;

    /// <summary>The same for a generator that holds nothing of single rows.</summary>
    public SchemaFile WithoutValues() => this with { KeepsValues = false };

    /// <summary>Whether it describes a part of the rows of a table that has been judged as a whole.</summary>
    public bool IsOfPart { get; private init; }

    /// <summary>
    /// The same for a part of the rows of a table without what was dropped: the columns are what they are in the whole, whatever they look like in the part,
    /// and what is odd about the part alone is not asked about.
    /// </summary>
    /// <param name="whole">The whole table's schema.</param>
    public SchemaFile ForPartOf(TableSchema whole)
    {
        Dictionary<string, ColumnOverride> columns = Columns.Where(c => whole.Dropped.All(d => d.Name != c.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (ColumnSchema column in whole.Columns.Where(c => c.Type != ColumnType.Constant && !IsPublic(c.Name)))
            columns[column.Name] = (columns.GetValueOrDefault(column.Name) ?? new ColumnOverride()) with
            {
                Type = column.Type,
                Format = column.Format?.Pattern
            };
        if (whole.Label is { } label && !IsPublic(label)) columns[label] = new ColumnOverride { Type = ColumnType.Categorical };
        return this with { Choices = Choices with { Drop = [], Keep = [.. whole.Columns.Select(c => c.Name)] }, Columns = columns, IsOfPart = true };
    }

    /// <summary>
    /// Reads a file such as <c>missing: ["", "?"]</c>, <c>keep_missing: false</c>, <c>columns: { age: { type: integer, encoding: quantile } }</c>. What a
    /// column may hold can be declared, too: <c>{ min: 0, max: 120, decimals: 0 }</c>, <c>{ values: [low, high], optional: true }</c>.
    /// </summary>
    /// <exception cref="UserErrorException">It is missing, no YAML, or says something that does not exist.</exception>
    public static SchemaFile Read(string path) => Of(YamlReader.ReadFile(path, "name a schema file."));

    /// <summary>Reads it from text; <paramref name="source"/> names it in messages.</summary>
    /// <exception cref="UserErrorException">It is no YAML, or says something that does not exist.</exception>
    public static SchemaFile Parse(string yaml, string source) => Of(YamlReader.Read(yaml, new YamlSource(source)));

    private static SchemaFile Of(YamlValue? root)
    {
        if (root is YamlMap { Entries: var entries } map && entries.FirstOrDefault(e => e.Key.Value == MissingKey) is { Value: YamlText one } missing)
            map.Set(missing with { Value = new YamlList([one], one.Source, one.Line) }); // one text may stand for a list of one
        SchemaFile file = root is null ? new SchemaFile() : s_binder.Bind<SchemaFile>(root);
        if (ColumnOverride.Separators(file.Decimal, file.Thousands) is { } separators) throw root!.Error(separators);
        foreach ((string name, ColumnOverride column) in file.Columns)
            if (column.Conflict() is { } conflict) throw ((YamlMap)((YamlMap)root!)[ColumnsKey]!)[name]!.Error(conflict);
        return file;
    }
}
