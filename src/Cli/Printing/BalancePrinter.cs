namespace GanPipeline.Cli.Printing;

/// <summary>Prints what balancing chose.</summary>
internal static class BalancePrinter
{
    public static void Print(BalanceResult result)
    {
        if (Screen.Verbose) AdvisePrinter.Print(result.Comparison.Methods, result.Comparison.Goal, result.Comparison.RareClass, all: false);
        AdvisePrinter.Say([.. result.Advice.SkipLast(1).Where(advice => Screen.Verbose || IsOf(result.Learner, advice)), result.Advice[^1]]);
        bool adds = result.Classes.Any(c => c.After > c.Before);
        if (adds && Screen.Verbose)
            Screen.Table(["class", "rows before", "rows after"], result.Classes.Select(c => new[] { c.Class, $"{c.Before}", $"{c.After}" }));
        if (result.Ungenerated.Count > 0)
            Screen.Say($"Empty in added rows, since nothing is learnt from them: {string.Join(", ", result.Ungenerated.Select(Named))}.");
        bool weighs = !adds && result.ClassWeights.Count > 0;
        if (weighs && Screen.Verbose)
        {
            IEnumerable<string> weights = result.ClassWeights.Select(w => FormattableString.Invariant($"'{w.Key}' {w.Value:0.###}"));
            Screen.Say($"No row is added; train with these weights of a row: {string.Join(", ", weights)}.");
        }
        Screen.Say($"{result.Table} for {result.Learner}" + (adds ? $", with {result.Classes.Sum(c => c.After - c.Before)} rows more"
            : weighs ? "; weights of its rows: balance.json" : ""));
    }

    /// <summary>Whether a sentence is the one on a classifier.</summary>
    private static bool IsOf(string learner, string advice) => advice.StartsWith($"For {learner}:", StringComparison.Ordinal);

    private static string Named(UngeneratedColumn column) => $"{(column.Name.Length == 0 ? "the first column" : $"'{column.Name}'")} ({column.Reason})";
}
