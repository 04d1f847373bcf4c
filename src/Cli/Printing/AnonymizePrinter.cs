using System.Globalization;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints the figures of a synthetic table, and what they mean, in sentences.</summary>
internal static class AnonymizePrinter
{
    private const double MostSuccess = 0.05;

    public static void Print(AnonymizeResult result)
    {
        if (Screen.Verbose)
        {
            EvaluatePrinter.Print(result.Metrics, result.Report);
            Screen.Say("");
        }
        foreach (string line in Screen.Verbose ? Conclusions(result.Metrics) : Verdict(result.Metrics)) Screen.Say(line);
        if (result.CopiesRemoved is { } removed && (removed > 0 || Screen.Verbose)) Screen.Say(Removed(removed, result.Lacking));
        if (result.Privacy is { } privacy) foreach (string line in Covered(privacy)) Screen.Say(line);
        Screen.Say($"{result.Rows} synthetic rows: {result.Out}");
        Screen.Say($"figures, which come from real rows and are not to be given away: {result.Report}");
    }

    /// <summary>The same in three lines.</summary>
    private static IEnumerable<string> Verdict(IReadOnlyList<MetricResult> results)
    {
        double near = Of("distance-to-closest-record").Value, real = Of("distance-to-closest-record", "held out").Value;
        MetricResult attack = Of("membership-inference");
        yield return near >= real ? "Generated rows are no closer to training rows than held-back real ones are."
            : Of("closer-to-training").Value <= 0.5 + MostSuccess ? "Generated rows are no closer to training rows than to held-back ones."
            : "Generated rows are CLOSER to training rows than to held-back ones: parts are copied.";
        yield return Invariant($"Who guesses by closeness whether a row was trained on has an AUC of {attack.Value:F3} (0.5 is blind): ") + (
            attack.Low is null || (attack.Low <= 0.5 && attack.High >= 0.5 && Math.Abs(attack.Value - 0.5) > MostSuccess) ? "too few rows to tell."
            : Math.Abs(attack.Value - 0.5) <= MostSuccess ? "it tells next to nothing." : "it TELLS.");
        if (results.Any(r => r.Metric == "train-on-synthetic"))
            yield return Invariant($"A classifier of synthetic rows has a macro-F1 of {Of("train-on-synthetic").Value:F3} on real ones; of real rows, ") +
                Invariant($"{Of("train-on-synthetic", "real").Value:F3}.");

        MetricResult Of(string metric, string data = "") => results.First(r => r.Metric == metric && r.Data == data);
    }

    private static IEnumerable<string> Conclusions(IReadOnlyList<MetricResult> results)
    {
        double near = Of("distance-to-closest-record"), real = Of("distance-to-closest-record", "held out"), share = Of("closer-to-training");
        yield return Invariant($"Closest records: the median distance to a training row is {near:G4}; of held-back real rows it is {real:G4}. ") +
            (near >= real ? "Generated rows are no closer."
            : share <= 0.5 + MostSuccess
                ? Invariant($"Generated rows are closer, but no closer than to held-back rows ({share:P0} of them are nearer to training rows, of as many): ") +
                    "the table has few different rows, and these are met by chance."
                : Invariant($"Generated rows are CLOSER, and {share:P0} of them are nearer to training rows than to as many held-back ones: ") +
                    "parts are copied. Train shorter.");
        MetricResult attack = results.First(r => r.Metric == "membership-inference");
        yield return "Membership inference: who guesses by closeness whether a row was trained on has an AUC of " +
            (attack.Low is null ? Invariant($"{attack.Value:F3} (0.5 is blind). ")
                : Invariant($"{attack.Value:F3} ({attack.Low:F3} to {attack.High:F3}; 0.5 is blind). ")) + (
            attack.Low is null ? "With fewer than ten rows on a side, these are too few rows to tell anything."
            : Math.Abs(attack.Value - 0.5) <= MostSuccess ? "It tells next to nothing."
            : attack.Low <= 0.5 && attack.High >= 0.5 ? "With so few rows, chance alone gives as much; it shows nothing."
            : "It TELLS who was trained on (below 0.5 as much as above). Train shorter, or with a small --epsilon.");
        if (results.Any(r => r.Metric == "train-on-synthetic"))
        {
            yield return Invariant($"Utility: a classifier trained on the synthetic rows has a macro-F1 of {Of("train-on-synthetic"):F3} ") +
                Invariant($"on held-back real rows, {Of("train-on-synthetic", "real"):F3} where it is trained on the real ones.");
        }

        double Of(string metric, string data = "") => results.First(r => r.Metric == metric && r.Data == data).Value;
    }

    /// <summary>What ε speaks of, and what it does not.</summary>
    private static IEnumerable<string> Covered(PrivacySpent privacy)
    {
        yield return Invariant($"Differential privacy: epsilon {privacy.Spent:G4} of {privacy.Epsilon} at delta {privacy.Delta}, for tables that differ by ") +
            Invariant($"one row. Training spent {privacy.Spent - privacy.SpentOnCounts:G4}: {privacy.Steps} steps, each row in a step with probability ") +
            Invariant($"{privacy.SampleRate:G3}, noise {privacy.NoiseMultiplier:G4} times the clipping norm") +
            (privacy.SpentOnCounts > 0 ? Invariant($"; the numbers of rows of the classes spent {privacy.SpentOnCounts:G4}.") : ".");
        yield return "Covered: what the synthetic rows owe to any one row's values, by way of the networks and of how many rows each class has. " +
            "Each run spends its own epsilon; several add up.";
        yield return $"NOT covered: the number of rows; the names of the columns{(privacy.ClassNamesFromRows ? " and of the classes" : "")}; " +
            "the figures above, which come from real rows. " + (privacy.ColumnsFromRows.Count == 0
            ? "The ranges and categories of all columns are those of the schema file, so nothing else is taken from the rows."
            : "And what was taken from the rows to encode them: types, least and largest values, digits, groups of numbers, frequent values, lists of " +
                $"categories and whether values are missing, of {string.Join(", ", privacy.ColumnsFromRows)}. Say in a schema file what is known of them " +
                "anyway (min and max, or values, and optional where values may be missing): it then is not taken from the rows.");
        yield return $"The noise: {PrivacySpent.NoiseLimits}";
    }

    private static string Removed(int removed, int lacking) => removed == 0 ? "No generated row equalled a real one."
        : $"{removed} generated rows that equalled a real one were left out, and others generated in their place" +
            (lacking == 0 ? "." : $", except for {lacking}, for which the generator gave nothing else: the synthetic table is so much shorter.");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
