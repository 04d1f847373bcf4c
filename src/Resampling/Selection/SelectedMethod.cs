using GanPipeline.Resampling.Goals;

namespace GanPipeline.Resampling.Selection;

/// <summary>How a selection is made.</summary>
internal sealed record SelectionOptions
{
    /// <summary>Folds of each cut, at least 2; fewer are made where rows are too few.</summary>
    public int Folds { get; init; } = 4;

    /// <summary>Cuts into folds, each with a seed of its own, at least 1.</summary>
    public int Repeats { get; init; } = 2;

    /// <summary>Whether methods that are clearly behind are stopped.</summary>
    public bool StopsEarly { get; init; } = true;

    /// <summary>Seed of the folds, the methods and the classifiers.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Whether one classifier is trained after the other, in an order that never changes: for trainers that only one thread may use, or that draw from a stream
    /// of their own.
    /// </summary>
    public bool InOrder { get; init; }
}

/// <summary>How good one method was on the folds.</summary>
/// <param name="Method">The method.</param>
/// <param name="Plain">Score by the plain rule; NaN where the method is not possible.</param>
/// <param name="Tuned">Score by rules that were tuned on other folds than those scored; NaN where the method is not possible.</param>
/// <param name="Rule">The rule to decide by after all its folds together.</param>
/// <param name="Folds">Folds that it was trained for, over all cuts.</param>
internal sealed record MethodScore(Method Method, double Plain, double Tuned, DecisionRule Rule, int Folds)
{
    /// <summary>Whether it was clearly behind and therefore not tried on all folds.</summary>
    public bool Stopped { get; init; }

    /// <summary>Why it is not possible on these rows; null where it is.</summary>
    public string? Problem { get; init; }

}

/// <summary>The method that is best for a classifier and a goal, by folds.</summary>
/// <param name="Trainer">The classifier.</param>
/// <param name="Best">The method that was chosen.</param>
/// <param name="Methods">All methods, in the order in which they were given.</param>
internal sealed record SelectedMethod(IClassifierTrainer Trainer, MethodScore Best, IReadOnlyList<MethodScore> Methods);
