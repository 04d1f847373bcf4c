using System.Globalization;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Report.Runs;
using GanPipeline.Report.Verdicts;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints what came of a whole run; what its stages found was printed when they had found it.</summary>
internal static class RunPrinter
{
    public static void Print(RunResult result)
    {
        if (result.Training.WasFinished)
        {
            TrainPrinter.Print(result.Training);
            return;
        }
        if (Screen.Verbose) EvaluatePrinter.Print(result.Metrics, Path.Combine(result.Training.Folder, "quality.csv"));
        Screen.Say("");
        foreach (string line in Verdict(Findings.Of(RunData.Read(result.Training.Folder)))) Screen.Say(line);
        Screen.Say(string.Create(CultureInfo.InvariantCulture, $"{result.Report} ({result.Elapsed.TotalSeconds:F0} s)"));
        if (result.Training.EndedEarly is { } why) Screen.Say($"training ended early: {why}");
    }

    /// <summary>What came of it, in a few lines; the page and report.json say the same and why.</summary>
    private static IEnumerable<string> Verdict(Findings found)
    {
        yield return found.Headline;
        yield return string.Join("   ", found.Badges.Select(badge => $"{badge.Question} {badge.Status.ToString().ToLowerInvariant()}"));
        if (found.StoredRows is { } rows && (rows > 0 || found.Remarks.Any(remark => remark.Text == Privacy.Stored(0)))) yield return Privacy.Stored(rows);
    }

    public static void Print(RecognisedImages result)
    {
        if (!Screen.Verbose) return;
        Screen.Say("");
        Screen.Say(FormattableString.Invariant(
            $"Up-sampled the training data ({result.Ratio:0.#}:1), all that the generator has seen, through the ML.NET transformer:"));
        Screen.Table(["class", "rows before", "rows after", "added rows recognised"], result.Classes.Zip(result.Recognised, (c, share) => new[]
            { c.Class, $"{c.Before}", $"{c.After}", double.IsFinite(share) ? FormattableString.Invariant($"{share:P1}") : "-" }));
    }

    public static void Print(MethodScores scores)
    {
        if (!Screen.Verbose) return;
        Screen.Say("");
        Screen.Say($"A small classifier on {scores.TestRows} test {scores.RowName} ('{scores.RareClass}' is the rarest class; 95 % intervals):");
        Screen.Table(["trained on", scores.RowName, $"of these '{scores.RareClass}'", $"recall of '{scores.RareClass}'", "macro-F1"],
            scores.Methods.Select(m => new[] { m.Name, $"{m.Rows}", $"{m.RareRows}", Number(m.RareRecall), Number(m.MacroF1) }));
        Screen.Say(scores.Advice);
    }

    private static string Number(MetricResult result) => FormattableString.Invariant($"{result.Value:F3}") +
        (result.Low is null ? " (too few rows)" : FormattableString.Invariant($" ({result.Low:F3} to {result.High:F3})"));
}
