namespace GanPipeline.Bench;

/// <summary>Tables of what came out, in Markdown: means over sets, learners, seeds and folds, and mean ranks over sets and learners.</summary>
internal static class Summary
{
    public static void Print(IReadOnlyList<Line> lines)
    {
        foreach (var goal in lines.GroupBy(line => line.Unit.Goal))
        {
            Line[] own = [.. goal];
            Console.WriteLine($"\n{goal.Key}: mean of the outer folds, by the tuned rule unless said; then each family at the share that is best afterwards\n");
            PrintRows([.. own, .. own.Where(l => l.Method == "as it is").Select(l => l with { Method = "as it is, plain rule", Tuned = l.Plain })]);
            Console.WriteLine();
            PrintRows(BestShares(own));
            Console.WriteLine();
            PrintSets(own);
        }
    }

    /// <summary>Each family's lines at the share of the best mean of each set and learner: what its best share, known afterwards, would give.</summary>
    private static Line[] BestShares(Line[] lines) => [.. lines.GroupBy(l => (l.Unit.Set, l.Learner, l.Family)).SelectMany(family =>
        family.GroupBy(l => l.Method).MaxBy(method => method.Average(l => l.Tuned))!.Select(l => l with { Method = $"{l.Family}, best share" }))];

    private static void PrintRows(Line[] lines)
    {
        var cells = lines.GroupBy(l => (l.Unit.Set, l.Learner))
            .ToDictionary(c => c.Key, c => c.GroupBy(l => l.Method).ToDictionary(m => m.Key, m => m.Average(l => l.Tuned)));
        string[] methods = [.. lines.Select(l => l.Method).Distinct()];
        var chosen = lines.Where(l => l.Method.StartsWith(Line.Chosen, StringComparison.Ordinal)).ToDictionary(Place, l => l.Tuned);
        Console.WriteLine("| method | mean | rank | chosen is ahead by (standard error) |\n|---|---|---|---|");
        foreach (string name in methods.OrderByDescending(m => cells.Values.Average(c => c.GetValueOrDefault(m, double.NaN))))
        {
            double rank = cells.Values.Average(c => 1 + c.Values.Count(v => v > c[name]) + (c.Values.Count(v => v == c[name]) - 1) / 2.0);
            // Folds of one set and seed share rows; the sets and learners do not, so that their means are what the error is of.
            double[] gains = [.. lines.Where(l => l.Method == name).GroupBy(l => (l.Unit.Set, l.Learner))
                .Select(g => g.Average(l => chosen[Place(l)] - l.Tuned))];
            double mean = gains.Average(), error = Error(gains);
            string ahead = FormattableString.Invariant($"{mean:+0.0000;-0.0000} ({error:F4})");
            Console.WriteLine(FormattableString.Invariant($"| {name} | {cells.Values.Average(c => c[name]):F4} | {rank:F1} | {ahead} |"));
        }

        static (Unit, string, int) Place(Line line) => (line.Unit, line.Learner, line.Fold);
    }

    private static void PrintSets(Line[] lines)
    {
        Console.WriteLine("| set | learner | chosen | as it is, plain | as it is, tuned | best single afterwards | " +
            "the choice is within one standard error of it |\n|---|---|---|---|---|---|---|");
        foreach (var cell in lines.GroupBy(l => (l.Unit.Set, l.Learner)))
        {
            var chosen = cell.Where(l => l.Method == Line.Chosen).ToDictionary(l => (l.Unit.Seed, l.Fold), l => l.Tuned);
            var best = cell.Where(l => l.Method != Line.Chosen).GroupBy(l => l.Method).MaxBy(m => m.Average(l => l.Tuned))!;
            double[] behind = [.. best.Select(l => l.Tuned - chosen[(l.Unit.Seed, l.Fold)])];
            (double mean, double error) = (behind.Average(), Error(behind));
            Line[] untouched = [.. cell.Where(l => l.Method == "as it is")];
            Console.WriteLine(FormattableString.Invariant($"| {cell.Key.Set} | {cell.Key.Learner} | {chosen.Values.Average():F4} ") +
                FormattableString.Invariant($"| {untouched.Average(l => l.Plain):F4} | {untouched.Average(l => l.Tuned):F4} ") +
                FormattableString.Invariant($"| {best.Key} {best.Average(l => l.Tuned):F4} | {(mean <= error ? "yes" : "no")} ({mean:F4}, {error:F4}) |"));
        }
    }

    private static double Error(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, values.Length - 1) / values.Length);
    }
}
