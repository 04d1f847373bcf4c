using System.Globalization;
using GanPipeline.Evaluation.Methods;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints how methods for rare classes compare.</summary>
internal static class AdvisePrinter
{
    private const int Best = 5;

    public static void Print(AdviseResult result)
    {
        if (Screen.Verbose)
        {
            Print(result.Methods, result.Goal, result.RareClass, all: true);
            Screen.Say($"Means over {result.Folds} outer folds of {result.Rows} real rows that nothing was trained, tuned or chosen on; 'tuned' is by a " +
                "decision rule that was tuned on the other rows.");
        }
        Say(result.Advice);
    }

    /// <summary>Says what to use; what it rests on where all is wanted, or where that is too little.</summary>
    /// <param name="advice">A sentence for each classifier, and what they rest on.</param>
    public static void Say(IReadOnlyList<string> advice)
    {
        foreach (string sentence in advice.SkipLast(1)) Screen.Say(sentence);
        if (Screen.Verbose || advice[^1].Contains(FewRows.Sentence, StringComparison.Ordinal)) Screen.Say(advice[^1]);
    }

    /// <summary>A table of methods: all, or the data as they are, the best ones and the choice.</summary>
    public static void Print(IReadOnlyList<MethodFigures> methods, string goal, string rare, bool all)
    {
        foreach (IGrouping<string, MethodFigures> learner in methods.GroupBy(m => m.Learner))
        {
            MethodFigures[] figures = [.. learner];
            HashSet<MethodFigures> shown = all ? [.. figures]
                : [figures[0], .. figures[1..^1].OrderByDescending(m => Math.Max(m.Goal.Average(), m.GoalTuned.Average())).Take(Best), figures[^1]];
            string[] more = goal == "macro-F1" ? [] : [goal, "tuned"];
            Screen.Table([learner.Key, .. more, "macro-F1", "tuned", $"recall '{rare}'", "tuned", "precision", "tuned", "PR-AUC", "calibration error"],
                figures.Where(shown.Contains).Select(m => (string[])[m.Method, .. Shown(m, more.Length > 0).Select(Mean)]));
        }
    }

    private static IReadOnlyList<double>[] Shown(MethodFigures m, bool goal) =>
    [
        .. goal ? new[] { m.Goal, m.GoalTuned } : [],
        m.MacroF1, m.MacroF1Tuned, m.Recall, m.RecallTuned, m.Precision, m.PrecisionTuned, m.PrAuc, m.CalibrationError,
    ];

    private static string Mean(IReadOnlyList<double> values) => values.Average().ToString("F3", CultureInfo.InvariantCulture);
}
