using System.Text;
using GanPipeline.Evaluation.Methods;

namespace GanPipeline.MlNet;

/// <summary>How a classifier did that was trained on rows up-sampled in one way: means over the folds, on real rows that were held out.</summary>
/// <param name="Name">The way: <c>none</c>, <c>none, thresholds moved</c>, or what made the added rows.</param>
/// <param name="MacroF1">Macro-averaged F1 of each fold; empty where the way is not possible.</param>
/// <param name="RareRecall">Recall of the rarest class in each fold.</param>
/// <param name="BalancedAccuracy">Mean recall of the classes in each fold.</param>
/// <param name="Problem">Why the way is not possible; null where it is.</param>
public sealed record ComparedWay(
    string Name, IReadOnlyList<double> MacroF1, IReadOnlyList<double> RareRecall, IReadOnlyList<double> BalancedAccuracy, string? Problem = null);

/// <summary>The generator beside no up-sampling, moved decision thresholds, random over-sampling and SMOTE.</summary>
/// <param name="RareClass">The rarest class.</param>
/// <param name="Ways">The ways; the generator's own is the last.</param>
/// <param name="Caution">What a reader must know about the figures; null if nothing.</param>
public sealed record UpsamplingComparison(string RareClass, IReadOnlyList<ComparedWay> Ways, string? Caution)
{
    /// <summary>The generator's way.</summary>
    public ComparedWay Generator => Ways[^1];

    /// <summary>The best of the other ways, by macro-averaged F1.</summary>
    public ComparedWay BestOther => Ways.SkipLast(1).Where(w => w.Problem is null).MaxBy(w => w.MacroF1.Average())!;

    /// <summary>Mean over the folds of the generator's macro-averaged F1 minus that of <see cref="BestOther"/>.</summary>
    public double Gain => OverBestOther.Mean;

    /// <summary>Standard error of <see cref="Gain"/>, from the differences of the folds.</summary>
    public double GainError => OverBestOther.Error;

    /// <summary>Whether the gain is above twice its standard error.</summary>
    public bool GeneratorHelped => OverBestOther.Interval.Low > 0;

    private FoldGain OverBestOther => FoldGain.Of(Generator.MacroF1, BestOther.MacroF1);

    /// <summary>A table of one line a way, and what it means.</summary>
    public override string ToString()
    {
        int width = Ways.Max(w => w.Name.Length);
        var text = new StringBuilder($"a classifier of the features, {Generator.MacroF1.Count} stratified folds, scored on real rows only\n");
        string recall = $"recall '{RareClass}'";
        text.Append($"{"training rows".PadRight(width)}  {"macro F1",15}  {recall}  {"balanced accuracy"}\n");
        foreach (ComparedWay way in Ways)
        {
            text.Append(way.Problem is { } problem
                ? $"{way.Name.PadRight(width)}  not possible: {problem}\n"
                : FormattableString.Invariant($"{way.Name.PadRight(width)}  {Spread(way.MacroF1),15}  ")
                    + FormattableString.Invariant($"{way.RareRecall.Average():F3}").PadLeft(recall.Length)
                    + FormattableString.Invariant($"  {way.BalancedAccuracy.Average(),17:F3}\n"));
        }
        string gain = FormattableString.Invariant($"{Math.Abs(Gain):F3} (standard error {GainError:F3})");
        text.Append(GeneratorHelped
            ? $"the generator helped: its macro F1 is {gain} above that of '{BestOther.Name}', the best of the others"
            : $"the generator did not help: its macro F1 is {gain} {(Gain > 0 ? "above" : "below")} that of '{BestOther.Name}', "
                + $"{(Gain > 0 ? "which may be chance" : "the best of the others")}; prefer that, which needs no training");
        return text.Append(Caution is null ? "" : $"\n{Caution}").ToString();
    }

    private static string Spread(IReadOnlyList<double> folds)
    {
        double mean = folds.Average(), deviation = Math.Sqrt(folds.Sum(f => Math.Pow(f - mean, 2)) / Math.Max(1, folds.Count - 1));
        return FormattableString.Invariant($"{mean:F3} +- {deviation:F3}");
    }
}
