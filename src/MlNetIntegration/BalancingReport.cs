using System.Globalization;
using System.Text;
using GanPipeline.Resampling.Selection;
using static System.FormattableString;

namespace GanPipeline.MlNet;

/// <summary>What was chosen for a trainer, and how good it was on folds of the training rows.</summary>
public sealed record BalancingReport
{
    /// <summary>What was to be best: <c>macro-F1</c>.</summary>
    public required string Goal { get; init; }

    /// <summary>The method, with its share of the largest class: <c>SMOTE with 5 neighbours at .5</c>; <c>as it is</c> for none.</summary>
    public required string Method { get; init; }

    /// <summary>Seed of the folds and of the method.</summary>
    public required ulong Seed { get; init; }

    /// <summary>
    /// The goal's score of what was chosen, on rows that neither the model nor its rule had seen. As that of the best of several methods it is a little too
    /// good: an honest figure needs rows that the choice has not seen, such as those of <c>CrossValidate</c> around it.
    /// </summary>
    public required double Score { get; init; }

    /// <summary>The score, on the same rows, of the trainer on the data as they are, with its own decisions.</summary>
    public required double PlainScore { get; init; }

    /// <summary>
    /// Of two classes, how likely (0 to 1) class <c>True</c> must be for more than that to be decided for it, by the model's probability; null of more classes,
    /// and for a model without probabilities.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>Of two classes, the same as a score of the trainer's model. The saved model's score is what lies above it.</summary>
    public float? ScoreThreshold { get; init; }

    /// <summary>What each class's probability is multiplied by before the largest is taken; they sum to 1.</summary>
    public required IReadOnlyList<(string Class, double Factor)> Factors { get; init; }

    /// <summary>What was tried.</summary>
    internal IReadOnlyList<MethodScore> Tried { get; init; } = [];

    /// <summary>A sentence, and a line for each method that was tried.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"balancing for {Goal}, seed {Seed}: {Method}, {Decision()}; {Goal} on folds of the training rows ");
        text.Append(CultureInfo.InvariantCulture, $"{Score:.000}, and {PlainScore:.000} for the data as they are with the trainer's own decisions\n");
        if (Tried.Count == 0) return text.ToString().TrimEnd('\n');
        int width = Tried.Max(method => method.Method.Name.Length);
        text.Append(CultureInfo.InvariantCulture, $"{"method".PadRight(width)}   plain   tuned\n");
        foreach (MethodScore method in Tried)
        {
            text.Append(CultureInfo.InvariantCulture, $"{method.Method.Name.PadRight(width)}  ");
            if (method.Problem is not null) text.Append(CultureInfo.InvariantCulture, $"not possible: {method.Problem}\n");
            else text.Append(CultureInfo.InvariantCulture, $"{method.Plain,6:.000}  {method.Tuned,6:.000}{(method.Stopped ? "  stopped" : "")}\n");
        }
        return text.ToString().TrimEnd('\n');
    }

    private string Decision()
    {
        if (Factors.All(factor => factor.Factor == Factors[0].Factor)) return "decided as the trainer does";
        if (Threshold is { } threshold) return Invariant($"decided for '{Factors[1].Class}' above a probability of {threshold:.0000}");
        if (ScoreThreshold is { } score) return Invariant($"decided for '{Factors[1].Class}' above a score of {score:G4}");
        return "probabilities times " + string.Join(", ", Factors.Take(10).Select(f => Invariant($"{f.Factor:.0000} ('{f.Class}')")));
    }
}
