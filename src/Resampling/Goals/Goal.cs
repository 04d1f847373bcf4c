using GanPipeline.Primitives;

namespace GanPipeline.Resampling.Goals;

/// <summary>What is to be best about a classifier's answers.</summary>
internal abstract class Goal
{
    /// <summary>As results name it: <c>macro-F1</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether decisions count, or how likely each class was said to be alone.</summary>
    public virtual bool UsesDecisions => true;

    /// <summary>How good answers are; higher is better.</summary>
    /// <param name="actual">[N] class indices as they are; at least one.</param>
    /// <param name="probabilities">[N, classes], row-major.</param>
    /// <param name="predicted">[N] class indices as decided.</param>
    public abstract double Score(long[] actual, float[] probabilities, long[] predicted);

    /// <summary>The goal that a user names.</summary>
    /// <param name="text"><c>f1</c>, <c>recall</c>, <c>prauc</c>, <c>balanced</c>, or <c>cost=</c> and a file or pairs (<see cref="Cost"/>).</param>
    /// <param name="classNames">Names in index order, which costs are given by.</param>
    /// <exception cref="UserErrorException">There is no such goal, or the costs cannot be read.</exception>
    public static Goal Parse(string text, IReadOnlyList<string> classNames) => text switch
    {
        "f1" => MacroF.One,
        "recall" => MacroF.Two,
        "prauc" => AveragePrecision.Goal,
        "balanced" => BalancedAccuracy.Goal,
        _ when text.StartsWith(Cost.Prefix, StringComparison.Ordinal) => Cost.Read(text[Cost.Prefix.Length..], classNames),
        _ => throw UserErrorException.Usage($"--goal {text}: there is no such goal; choose f1 (macro-F1), recall (macro-F2), prauc (average precision), " +
            "balanced (balanced accuracy), or cost=MATRIX (a file, or pairs such as cost=fraud>ok=10,ok>fraud=1)" +
            Nearest.EndHint(text, ["f1", "recall", "prauc", "balanced"])),
    };
}

/// <summary>A goal of decisions alone, whatever the probabilities behind them.</summary>
internal abstract class DecisionGoal : Goal
{
    /// <summary>How good decisions are; higher is better.</summary>
    public abstract double Score(Decisions decisions);

    /// <inheritdoc/>
    public override double Score(long[] actual, float[] probabilities, long[] predicted) =>
        Score(Decisions.Of(actual, predicted, probabilities.Length / actual.Length));
}

/// <summary>
/// The mean over the classes of the F measure (van Rijsbergen 1979, "Information retrieval", chapter 7), 0 to 1: a weighted harmonic mean of recall and
/// precision, in which recall counts as much as β times precision. A class that neither occurs nor is predicted does not count.
/// </summary>
/// <remarks>
/// As a goal, "recall" is β = 2: recall by itself is perfect for a classifier that calls every row rare.
/// </remarks>
internal sealed class MacroF : DecisionGoal
{
    private readonly double _square;

    private MacroF(double beta, string name) => (_square, Name) = (beta * beta, name);

    /// <summary>β = 1: macro-F1 (Opitz and Burst 2019, "Macro F1 and macro F1", section 2, the mean of the classes' F1).</summary>
    public static MacroF One { get; } = new(1, "macro-F1");

    /// <summary>β = 2: macro-F2, in which finding rows of a class counts more than false alarms.</summary>
    public static MacroF Two { get; } = new(2, "macro-F2");

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override double Score(Decisions decisions)
    {
        (double sum, int counted) = (0, 0);
        for (int c = 0; c < decisions.Classes; c++)
        {
            double all = _square * decisions.Actual[c] + decisions.Predicted[c];
            if (all == 0) continue;
            sum += (1 + _square) * decisions.Hits[c] / all;
            counted++;
        }
        return sum / counted;
    }
}

/// <summary>
/// The mean of the classes' recalls over those that occur, 0 to 1 (Brodersen et al. 2010, "The balanced accuracy and its posterior distribution").
/// </summary>
internal sealed class BalancedAccuracy : DecisionGoal
{
    private BalancedAccuracy()
    {
    }

    /// <summary>The goal.</summary>
    public static BalancedAccuracy Goal { get; } = new();

    /// <inheritdoc/>
    public override string Name => "balanced accuracy";

    /// <inheritdoc/>
    public override double Score(Decisions decisions)
    {
        (double sum, int counted) = (0, 0);
        for (int c = 0; c < decisions.Classes; c++)
        {
            if (decisions.Actual[c] == 0) continue;
            sum += (double)decisions.Hits[c] / decisions.Actual[c];
            counted++;
        }
        return sum / counted;
    }
}
