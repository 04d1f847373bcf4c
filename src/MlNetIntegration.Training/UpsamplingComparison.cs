using System.Text;
using GanPipeline.Evaluation.Methods;

namespace GanPipeline.MlNet;

/// <summary>How a classifier did that was trained on rows up-sampled by one method: means over the folds, on real rows that were held out.</summary>
/// <param name="Name">The method: <c>none</c>, <c>none, thresholds tuned</c>, or the resampler.</param>
/// <param name="MacroF1">Macro-averaged F1 of each fold; empty where the method is not possible.</param>
/// <param name="RareRecall">Recall of the rarest class in each fold.</param>
/// <param name="BalancedAccuracy">Mean recall of the classes in each fold.</param>
/// <param name="Problem">Why the method is not possible; null where it is.</param>
public sealed record ComparedMethod(
    string Name, IReadOnlyList<double> MacroF1, IReadOnlyList<double> RareRecall, IReadOnlyList<double> BalancedAccuracy, string? Problem = null);

/// <summary>This up-sampling beside none, decision thresholds that were tuned on folds of the training rows, random over-sampling and SMOTE.</summary>
/// <param name="RareClass">The rarest class.</param>
/// <param name="Methods">The methods; the one that was fitted is the last.</param>
/// <param name="Caution">What a reader must know about the figures; null if nothing.</param>
public sealed record UpsamplingComparison(string RareClass, IReadOnlyList<ComparedMethod> Methods, string? Caution)
{
    /// <summary>The generator's method.</summary>
    public ComparedMethod Fitted => Methods[^1];

    /// <summary>The best of the others, by macro-averaged F1.</summary>
    public ComparedMethod BestOther => Methods.SkipLast(1).Where(m => m.Problem is null).MaxBy(m => m.MacroF1.Average())!;

    /// <summary>Mean over the folds of the macro-averaged F1 minus that of <see cref="BestOther"/>.</summary>
    public double Gain => OverBestOther.Mean;

    /// <summary>Standard error of <see cref="Gain"/>, from the differences of the folds.</summary>
    public double GainError => OverBestOther.Error;

    /// <summary>Whether the gain is above twice its standard error; false where the rarest class has fewer than ten rows, which are too few to tell.</summary>
    public bool Helped => TooFew is null && OverBestOther.Interval.Low > 0;

    /// <summary>The class that has too few rows to tell; null where all have enough.</summary>
    internal FewRows? TooFew { get; init; }

    private FoldGain OverBestOther => FoldGain.Of(Fitted.MacroF1, BestOther.MacroF1);

    /// <summary>A table of one line a method, and what it means.</summary>
    public override string ToString()
    {
        int width = Methods.Max(m => m.Name.Length);
        var text = new StringBuilder($"a classifier of the features, {Fitted.MacroF1.Count} stratified folds, scored on real rows only\n");
        string recall = $"recall '{RareClass}'";
        text.Append($"{"training rows".PadRight(width)}  {"macro F1",15}  {recall}  {"balanced accuracy"}\n");
        foreach (ComparedMethod method in Methods)
        {
            text.Append(method.Problem is { } problem
                ? $"{method.Name.PadRight(width)}  not possible: {problem}\n"
                : FormattableString.Invariant($"{method.Name.PadRight(width)}  {Spread(method.MacroF1),15}  ")
                    + FormattableString.Invariant($"{method.RareRecall.Average():F3}").PadLeft(recall.Length)
                    + FormattableString.Invariant($"  {method.BalancedAccuracy.Average(),17:F3}\n"));
        }
        string gain = FormattableString.Invariant($"{Math.Abs(Gain):F3} (standard error {GainError:F3})");
        text.Append(TooFew is not null
            ? $"{TooFew} whether the up-sampling helped: its macro F1 is {gain} {(Gain > 0 ? "above" : "below")} that of '{BestOther.Name}', "
                + "the best of the others"
            : Helped
            ? $"the up-sampling helped: its macro F1 is {gain} above that of '{BestOther.Name}', the best of the others"
            : $"the up-sampling did not help: its macro F1 is {gain} {(Gain > 0 ? "above" : "below")} that of '{BestOther.Name}', "
                + $"{(Gain > 0 ? "which may be chance" : "the best of the others")}; prefer that, which needs no training");
        return text.Append(Caution is null ? "" : $"\n{Caution}").ToString();
    }

    private static string Spread(IReadOnlyList<double> folds)
    {
        double mean = folds.Average(), deviation = Math.Sqrt(folds.Sum(f => Math.Pow(f - mean, 2)) / Math.Max(1, folds.Count - 1));
        return FormattableString.Invariant($"{mean:F3} +- {deviation:F3}");
    }
}
