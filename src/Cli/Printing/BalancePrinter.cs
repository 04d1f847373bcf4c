namespace GanPipeline.Cli.Printing;

/// <summary>Prints what balancing chose.</summary>
internal static class BalancePrinter
{
    public static void Print(BalanceResult result)
    {
        AdvisePrinter.Print(result.Comparison.Methods, result.Comparison.Goal, result.Comparison.RareClass, all: false);
        foreach (string advice in result.Advice) Screen.Say(advice);
        if (result.Classes.Any(c => c.After > c.Before))
        {
            Screen.Table(["class", "rows before", "rows after"], result.Classes.Select(c => new[] { c.Class, $"{c.Before}", $"{c.After}" }));
            foreach (UngeneratedColumn column in result.Ungenerated)
            {
                string name = column.Name.Length == 0 ? "the first column" : $"column '{column.Name}'";
                Screen.Say($"{name} is empty in added rows, since nothing is learnt from it ({column.Reason}).");
            }
        }
        else if (result.ClassWeights.Count > 0)
        {
            IEnumerable<string> weights = result.ClassWeights.Select(w => FormattableString.Invariant($"'{w.Key}' {w.Value:0.###}"));
            Screen.Say($"No row is added; train with these weights of a row: {string.Join(", ", weights)}.");
        }
        Screen.Say($"written for {result.Learner}: {result.Table}, with balance.json and scores.csv beside it");
    }
}
