namespace GanPipeline;

/// <summary>The table to balance, and where to.</summary>
/// <param name="Table">A table with a class column.</param>
/// <param name="Out">The folder for the balanced table, the record of the choice (<c>balance.json</c>) and the figures (<c>scores.csv</c>).</param>
public sealed record BalanceOptions(string Table, string Out) : MethodSearchOptions(Table)
{
    /// <summary>Name of a column that is added to the table: 0 in rows that were there, 1 in added ones; null for none.</summary>
    public string? SyntheticColumn { get; init; }

    /// <summary>Whether texts that a spreadsheet would run as formulas get an apostrophe before them in added rows.</summary>
    public bool SafeCsv { get; init; }
}

/// <summary>What was chosen, and what it does.</summary>
/// <param name="Table">The balanced table: the rows as they were, then those that are added.</param>
/// <param name="Learner">The classifier that the choice is best for, of those that were asked for.</param>
/// <param name="Method">The method: <c>as it is</c> where no rows and no weights are better.</param>
/// <param name="Factors">The decision rule: a row's class is the one of the largest probability times its factor. All equal for the plain rule.</param>
/// <param name="Advice">For each classifier what to use and what it trades; then what that rests on.</param>
public sealed record BalanceResult(string Table, string Learner, string Method, IReadOnlyDictionary<string, double> Factors, IReadOnlyList<string> Advice)
{
    /// <summary>Of two classes, how likely the second must be for more than that to be decided for it; null for more classes.</summary>
    public double? Threshold { get; init; }

    /// <summary>What a row of each class is to count in training; empty where all count the same.</summary>
    public IReadOnlyDictionary<string, double> ClassWeights { get; init; } = new Dictionary<string, double>();

    /// <summary>The rows of each class, before and after.</summary>
    public required IReadOnlyList<ClassBalance> Classes { get; init; }

    /// <summary>What came out on outer folds for every method.</summary>
    public required AdviseResult Comparison { get; init; }

    /// <summary>Columns that added rows do not have.</summary>
    public IReadOnlyList<UngeneratedColumn> Ungenerated { get; init; } = [];
}
