namespace GanPipeline;

/// <summary>The table to compare methods for rare classes on; the generator is trained by the preset for tables, unless another is set.</summary>
/// <param name="Table">A CSV file with a class column.</param>
public sealed record AdviseOptions(string Table) : PresetOptions
{
    /// <summary>Parts that the rows are cut into, 2 to 20; each is tested on once, and a generator is trained for each.</summary>
    public int Folds { get; init; } = 3;

    /// <summary>A CSV file for the figures of every fold; null for none.</summary>
    public string? Out { get; init; }

    /// <summary>Whether that file may be replaced.</summary>
    public bool Force { get; init; }
}

/// <summary>Which method to use for a table.</summary>
/// <param name="Methods">The methods that were compared, the generator last.</param>
/// <param name="Folds">Folds that they were compared on.</param>
/// <param name="Rows">Rows that were scored: all but those of classes that have too few.</param>
/// <param name="Advice">One sentence: what to use, and why.</param>
public sealed record AdviseResult(IReadOnlyList<AdvisedMethod> Methods, int Folds, long Rows, string Advice);

/// <summary>How the classifiers of one method did on rows that neither they nor the generator was trained on.</summary>
/// <param name="Name">The method.</param>
/// <param name="MacroF1">[folds] macro-F1, 0 to 1.</param>
/// <param name="BalancedAccuracy">[folds] balanced accuracy, 0 to 1.</param>
public sealed record AdvisedMethod(string Name, IReadOnlyList<double> MacroF1, IReadOnlyList<double> BalancedAccuracy);
