using System.Globalization;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Tables;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Privacy;
using GanPipeline.Training.Updates;

namespace GanPipeline.Stages;

/// <summary>What the figures of an anonymised table mean, in sentences.</summary>
internal static class AnonymizeReport
{
    private const double MostSuccess = 0.05;

    public static IEnumerable<string> Verdicts(IReadOnlyList<MetricResult> results)
    {
        double near = Of("distance-to-closest-record"), real = Of("distance-to-closest-record", "held out"), share = Of("closer-to-training");
        yield return string.Create(CultureInfo.InvariantCulture,
            $"Closest records: the median distance to a row that was learnt from is {near:G4}; of held-back real rows " +
            $"it is {real:G4}. ") + (
            near >= real ? "Generated rows are no closer."
            : share <= 0.5 + MostSuccess ? FormattableString.Invariant(
                $"Generated rows are closer, but no closer than to held-back rows ({share:P0} of them are nearer to learnt ones, ") +
                "of as many): the table has few different rows, and these are met by chance."
            : string.Create(CultureInfo.InvariantCulture, $"Generated rows are CLOSER, and {share:P0} of them are nearer to learnt rows than to as many " +
                $"held-back ones: " +
                $"parts are copied. ") +
                "Train shorter.");
        MetricResult attack = results.First(r => r.Metric == "membership-inference");
        yield return "Membership inference: who guesses by closeness whether a row was learnt from has an AUC of " +
            FormattableString.Invariant($"{attack.Value:F3} ({attack.Low:F3} to {attack.High:F3}; 0.5 is blind). ") + (
            Math.Abs(attack.Value - 0.5) <= MostSuccess ? "It tells next to nothing."
            : attack.Low <= 0.5 && attack.High >= 0.5 ? "With so few rows, chance alone gives as much; it shows nothing."
            : "It TELLS who was learnt from (below 0.5 as much as above). Train shorter, or with a small --epsilon.");
        if (results.Any(r => r.Metric == "train-on-synthetic"))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Utility: a classifier that learns from the synthetic rows has a macro-F1 of " +
                $"{Of("train-on-synthetic"):F3} ") +
                FormattableString.Invariant($"on held-back real rows, {Of("train-on-synthetic", "real"):F3} where it learns from the real ones.");
        }

        double Of(string metric, string data = "") => results.First(r => r.Metric == metric && r.Data == data).Value;
    }

    /// <summary>What ε speaks of, and what it does not.</summary>
    public static IEnumerable<string> Covered(PrivacyBudget budget, RunOptions options, Dataset rows, TableSchema schema, long steps)
    {
        double noise = ((PrivateOptions)options.Update).NoiseMultiplier, spent = budget.Spent(options, rows.Count, steps);
        yield return string.Create(CultureInfo.InvariantCulture,
            $"Differential privacy: epsilon {spent:G4} of {budget.Epsilon} at delta {budget.Delta}, for tables that " +
            $"differ by one row. ") +
            FormattableString.Invariant($"Training spent {spent - budget.EpsilonOfCounts:G4}: {steps} steps, each row in a step with probability ") +
            FormattableString.Invariant($"{(double)options.Batch / rows.Count:G3}, noise {noise:G4} times the clipping norm") +
            (budget.CountsClasses ? FormattableString.Invariant($"; the numbers of rows of the classes spent {budget.EpsilonOfCounts:G4}.") : ".");
        yield return "Covered: what the synthetic rows owe to any one row's values, by way of the networks and of how many rows each class has. " +
            "Each run spends its own epsilon; several add up.";
        string[] undeclared = [.. schema.Columns.Select(c => c.Name).Where(name => !schema.File.IsPublic(name))];
        yield return $"NOT covered: the number of rows; the names of the " +
            $"columns{(schema.Label is null || schema.File.IsPublic(schema.Label) ? "" : " and of the classes")}; " +
            "the figures above, which come from real rows. " + (undeclared.Length == 0
            ? "The ranges and categories of all columns are those of the schema file, so nothing else is taken from the rows."
            : "And what was taken from the rows to encode them: types, least and largest values, digits, groups of numbers, frequent values, lists of " +
                "categories and " +
                $"whether values are missing, of {string.Join(", ", undeclared)}. Say in a schema file what is known of them anyway (min and max, or values, " +
                "and optional where values may be missing): it then is not taken from the rows.");
        yield return $"The noise: {PrivateOptions.NoiseLimits}";
    }
}
