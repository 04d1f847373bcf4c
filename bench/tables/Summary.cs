namespace GanPipeline.Bench;

/// <summary>Tables of what came out, in Markdown: means over sets, learners, seeds and folds, and mean ranks over sets and learners.</summary>
internal static class Summary
{
    public static void Print(IReadOnlyList<Line> lines)
    {
        foreach (var goal in lines.Select(SameNames).GroupBy(line => line.Goal))
        {
            Line[] own = Filled([.. goal]), ranked = [.. own.Where(l => l.IsSingle || l.Method == Line.Chosen)];
            Console.WriteLine($"\n{goal.Key}: by the tuned rule unless said. A method that changes nothing of a set is the rows as they are there\n");
            PrintRows(own, [.. own.Where(l => l.Method == Line.Untouched).Select(l => l with { Method = "as it is, plain rule", Tuned = l.Plain })], ranked);
            Console.WriteLine("\nEach family at the settings and share that are best afterwards for the set and learner:\n");
            Line[] best = [.. BestShares([.. own.Where(l => l.IsSingle)])];
            PrintRows([.. best, .. own.Where(l => l.Method == Line.Chosen)], [], best);
            Console.WriteLine();
            PrintSets(own);
        }
    }

    /// <summary>Tables without categories have SMOTE and MGS where others have SMOTE-NC and MGS-GRF.</summary>
    private static Line SameNames(Line line) => line with
    {
        Method = line.Method.Replace("SMOTE-NC", "SMOTE", StringComparison.Ordinal).Replace("MGS-GRF", "MGS", StringComparison.Ordinal)
            .Replace("SMOTE", "SMOTE(-NC)", StringComparison.Ordinal).Replace("MGS", "MGS(-GRF)", StringComparison.Ordinal),
    };

    /// <summary>With the rows as they are for each method that changes nothing of a set, so that all means are of the same sets.</summary>
    private static Line[] Filled(Line[] lines)
    {
        string[] methods = [.. lines.Select(l => l.Method).Distinct()];
        return [.. lines, .. lines.GroupBy(l => l.Cell).SelectMany(cell => methods.Except(cell.Select(l => l.Method))
            .SelectMany(absent => cell.Where(l => l.Method == Line.Untouched).Select(l => l with { Method = absent })))];
    }

    /// <summary>Each family's lines at the settings of the best mean of each set and learner: what its best, known afterwards, would give.</summary>
    private static IEnumerable<Line> BestShares(Line[] lines) => lines.GroupBy(l => (l.Cell, l.Family)).SelectMany(family =>
        family.GroupBy(l => l.Method).MaxBy(method => method.Average(l => l.Tuned))!.Select(l => l with { Method = $"{l.Family}, at its best" }));

    /// <summary>A line a method; ranks are among the methods of the third list.</summary>
    private static void PrintRows(Line[] lines, Line[] more, Line[] ranked)
    {
        var among = ranked.GroupBy(l => l.Cell).ToDictionary(c => c.Key, c => c.GroupBy(l => l.Method).ToDictionary(m => m.Key, m => m.Average(l => l.Tuned)));
        var chosen = lines.Where(l => l.Method == Line.Chosen).ToDictionary(Place, l => l.Tuned);
        Console.WriteLine("| method | mean | mean rank | the choice is ahead by (standard error) |\n|---|---|---|---|");
        foreach (var method in lines.Concat(more).GroupBy(l => l.Method).OrderByDescending(m => Means(m, l => l.Tuned).Average()))
        {
            double rank = method.GroupBy(l => l.Cell).Average(cell => Rank(cell.Average(l => l.Tuned), cell.Key, method.Key));
            // Folds and seeds of one set share rows; sets and learners do not, so their means are what the error is of.
            double[] gains = Means(method, l => chosen[Place(l)] - l.Tuned);
            string ahead = FormattableString.Invariant($"{gains.Average():+0.0000;-0.0000} ({Error(gains):F4})");
            Console.WriteLine(FormattableString.Invariant($"| {method.Key} | {Means(method, l => l.Tuned).Average():F4} | {rank:F1} | {ahead} |"));
        }

        static double[] Means(IEnumerable<Line> lines, Func<Line, double> of) => [.. lines.GroupBy(l => l.Cell).Select(cell => cell.Average(of))];

        static (Unit, string, int) Place(Line line) => (line.Unit, line.Learner, line.Fold);

        double Rank(double own, (string, string) cell, string name)
        {
            double[] others = [.. among[cell].Where(m => m.Key != name).Select(m => m.Value)];
            return 1 + others.Count(v => v > own) + others.Count(v => v == own) / 2.0;
        }
    }

    private static void PrintSets(Line[] lines)
    {
        Console.WriteLine("| set | learner | as it is, plain | as it is, tuned | mean of all | best single afterwards | " +
            "the choice (behind that, standard error) | the verdict (behind, standard error) | within one |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var cell in lines.GroupBy(l => l.Cell))
        {
            var best = cell.Where(l => l.IsSingle).GroupBy(l => l.Method).MaxBy(m => m.Average(l => l.Tuned))!;
            Line[] untouched = [.. cell.Where(l => l.Method == Line.Untouched)];
            (string choice, _) = Behind(Line.Chosen);
            (string verdict, bool within) = Behind(Line.Verdict);
            Console.WriteLine(FormattableString.Invariant($"| {cell.Key.Set} | {cell.Key.Learner} | {untouched.Average(l => l.Plain):F4} ") +
                FormattableString.Invariant($"| {untouched.Average(l => l.Tuned):F4} | {cell.Where(l => l.IsSingle).Average(l => l.Tuned):F4} ") +
                FormattableString.Invariant($"| {best.Key} {best.Average(l => l.Tuned):F4} | {choice} | {verdict} | {(within ? "yes" : "no")} |"));

            (string Text, bool Within) Behind(string method)
            {
                var own = cell.Where(l => l.Method == method).ToDictionary(l => (l.Unit.Seed, l.Fold), l => l.Tuned);
                double[] behind = [.. best.Select(l => l.Tuned - own[(l.Unit.Seed, l.Fold)])];
                (double mean, double error) = (behind.Average(), Error(behind));
                return (FormattableString.Invariant($"{own.Values.Average():F4} ({mean:F4}, {error:F4})"), mean <= error);
            }
        }
    }

    private static double Error(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, values.Length - 1) / values.Length);
    }
}
