namespace GanPipeline;

/// <summary>The table to compare methods for rare classes on.</summary>
/// <param name="Table">A table with a class column.</param>
public sealed record AdviseOptions(string Table) : MethodSearchOptions(Table)
{
    /// <summary>A CSV file for the figures of every fold; null for none.</summary>
    public string? Out { get; init; }
}

/// <summary>Which method to use for a table.</summary>
/// <param name="Methods">The methods that were compared, by classifier; of each the data as they are first, and the choice last.</param>
/// <param name="Folds">Outer folds that they were compared on, over all cuts.</param>
/// <param name="Rows">Rows that were scored in each cut: all but those of classes that have too few, or a part of a large table.</param>
/// <param name="Advice">For each classifier what to use, and why; then what it rests on.</param>
public sealed record AdviseResult(IReadOnlyList<MethodFigures> Methods, int Folds, long Rows, IReadOnlyList<string> Advice)
{
    /// <summary>The goal that <see cref="MethodFigures.Goal"/> is a score of: <c>macro-F1</c>.</summary>
    public required string Goal { get; init; }

    /// <summary>The rarest class that was scored, whose recall and precision are given.</summary>
    public required string RareClass { get; init; }
}
