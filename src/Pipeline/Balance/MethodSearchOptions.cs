namespace GanPipeline;

/// <summary>How methods for rare classes are compared on a table: what is to be best, for which classifier, and on which folds.</summary>
/// <param name="Table">A table with a class column.</param>
public abstract record MethodSearchOptions(string Table) : PresetOptions
{
    /// <summary>
    /// What is to be best: <c>f1</c> (macro-F1), <c>recall</c> (macro-F2), <c>prauc</c> (average precision), <c>balanced</c> (balanced accuracy), or
    /// <c>cost=</c> and pairs <c>actual>predicted=cost</c> or the name of a CSV file of costs.
    /// </summary>
    public string Goal { get; init; } = "f1";

    /// <summary>
    /// The classifier that the data are for: <c>logistic</c>, <c>fasttree</c>, <c>lightgbm</c>, several with commas between them, or <c>all</c>.
    /// </summary>
    public string Learner { get; init; } = "lightgbm";

    /// <summary>Parts that the rows are cut into, 2 to 20; each is scored once a cut by what was chosen and trained on the others.</summary>
    public int Folds { get; init; } = 3;

    /// <summary>Cuts into folds, each with a seed of its own, 1 to 100.</summary>
    public int Repeats { get; init; } = 2;

    /// <summary>
    /// Whether rows of a generator are among the methods, which is trained anew for each fold by the preset for tables, with fewer steps than that has unless
    /// <see cref="PresetOptions.Steps"/> says how many.
    /// </summary>
    public bool Generator { get; init; } = true;

    /// <summary>The generators that are compared where <see cref="Generator"/> is set: of each its name and how its training differs.</summary>
    internal IReadOnlyList<GeneratorVariant> Generators { get; init; } = [new("generator", [])];

    /// <summary>Whether methods that are stopped early get a rule that is tuned on all inner folds, for comparisons of single methods.</summary>
    internal bool TunesAll { get; init; }

    /// <summary>Rows that are compared at most; null for as many as a user waits for.</summary>
    internal int? MostRows { get; init; }

    /// <summary>Whether files that are there already may be replaced.</summary>
    public bool Force { get; init; }
}

/// <summary>A generator among the methods.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Assignments">What differs from the run's own options, <c>key=value</c>.</param>
internal sealed record GeneratorVariant(string Name, IReadOnlyList<string> Assignments);

/// <summary>
/// How one method did for one classifier on the outer folds, whose rows nothing was trained, tuned or chosen on. Each list has a figure for each fold of every
/// cut. Figures come by the plain rule (the likeliest class) and by a rule that was tuned on the other folds' rows.
/// </summary>
/// <param name="Learner">The classifier.</param>
/// <param name="Method">The method; <see cref="ChoiceName"/> for what was chosen in each fold.</param>
public sealed record MethodFigures(string Learner, string Method)
{
    /// <summary>How the method is called that was chosen in each fold anew; its tuned rule is the one that was chosen with it.</summary>
    public const string ChoiceName = "the choice";

    /// <summary>Score by the goal, plain rule; higher is better.</summary>
    public required IReadOnlyList<double> Goal { get; init; }

    /// <summary>Score by the goal, tuned rule.</summary>
    public required IReadOnlyList<double> GoalTuned { get; init; }

    /// <summary>Macro-F1, plain rule, 0 to 1.</summary>
    public required IReadOnlyList<double> MacroF1 { get; init; }

    /// <summary>Macro-F1, tuned rule, 0 to 1.</summary>
    public required IReadOnlyList<double> MacroF1Tuned { get; init; }

    /// <summary>Share of the rarest class's rows that are found, plain rule.</summary>
    public required IReadOnlyList<double> Recall { get; init; }

    /// <summary>Share of the rarest class's rows that are found, tuned rule.</summary>
    public required IReadOnlyList<double> RecallTuned { get; init; }

    /// <summary>Share of the rows that are taken for the rarest class's and are, plain rule; 0 where none is.</summary>
    public required IReadOnlyList<double> Precision { get; init; }

    /// <summary>Share of the rows that are taken for the rarest class's and are, tuned rule; 0 where none is.</summary>
    public required IReadOnlyList<double> PrecisionTuned { get; init; }

    /// <summary>Average precision, of two classes that of the rarer one, else the mean over the classes, 0 to 1.</summary>
    public required IReadOnlyList<double> PrAuc { get; init; }

    /// <summary>Expected calibration error of each class against the rest in ten bins of equal width, the mean over the classes, 0 (best) to 1.</summary>
    public required IReadOnlyList<double> CalibrationError { get; init; }
}
