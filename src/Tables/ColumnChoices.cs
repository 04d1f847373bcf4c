using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>What a command says about a table's columns beside the schema file: <c>--drop</c>, <c>--keep</c>, <c>--missing</c>.</summary>
/// <param name="Drop">Columns that are not trained on.</param>
/// <param name="Keep">Columns that are trained on though they look like an ID, free text or an index.</param>
/// <param name="Missing">Texts that stand for a missing value, beside those that stand for one anyway.</param>
internal sealed record ColumnChoices(IReadOnlyList<string> Drop, IReadOnlyList<string> Keep, IReadOnlyList<string> Missing)
{
    /// <summary>Nothing is said.</summary>
    public static ColumnChoices None { get; } = new([], [], []);

    /// <summary>Refuses choices that say two things of one column, alone or together with a schema file.</summary>
    /// <param name="described">What the schema file says of columns.</param>
    public void Check(IReadOnlyDictionary<string, ColumnOverride> described)
    {
        if (Drop.FirstOrDefault(Keep.Contains) is { } both)
            throw UserErrorException.Usage($"--drop {both}, --keep {both}: a column is dropped or kept; leave one of the two out.");
        if (Drop.FirstOrDefault(name => described.GetValueOrDefault(name) is { Type: not ColumnType.Drop }) is { } dropped)
            throw UserErrorException.Usage($"--drop {dropped}: the schema file says what the column is; leave the one or the other out.");
        if (Keep.FirstOrDefault(name => described.GetValueOrDefault(name) is { Type: ColumnType.Drop }) is { } kept)
            throw UserErrorException.Usage($"--keep {kept}: the schema file says 'type: drop' of the column; leave the one or the other out.");
    }

    /// <summary>Refuses names that no column of a table has, and the class column.</summary>
    public void Check(Table table, string? label)
    {
        foreach ((string option, IReadOnlyList<string> names) in new[] { ("--drop", Drop), ("--keep", Keep) })
        {
            if (names.FirstOrDefault(name => !table.Has(name)) is not { } unknown) continue;
            throw UserErrorException.Listing($"{option} {unknown}: {table.Path} has no such column{ColumnNames.Hint(unknown, table.Header)}.");
        }
        if (label is not null && Drop.Contains(label))
            throw UserErrorException.Usage($"--drop {label}: it is the class column; name another with --label, or none with --label \"\".");
    }
}
