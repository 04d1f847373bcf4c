namespace GanPipeline.Report.Sections;

/// <summary>A table's columns, real beside generated rows, the furthest off first: a histogram for numbers, bars for categories.</summary>
internal static class ColumnSection
{
    private const int MostCharts = 60, MostOpen = 6, MostWorst = 10, Digits = 1;
    private static readonly string[] _groups = ["real test rows", "generated rows"];

    public static Section? Of(RunData run, Findings findings)
    {
        string[] worst = [.. findings.Columns.Select(c => c.Column)];
        (int Place, string Name, ColumnPart[] Parts)[] columns = [.. run.Columns.GroupBy(p => p.Column).Select((c, i) => (i, c.Key, c.ToArray()))
            .OrderBy(c => Array.IndexOf(worst, c.Key) is >= 0 and var rank ? rank : worst.Length)];
        Block[] charts = [.. columns.Take(MostCharts).Select(column =>
            new ChartBlock(Draw(column.Name, column.Parts), FormattableString.Invariant($"column-{column.Place:D3}-") + ClassSection.FileName(column.Name))
            {
                Numbers = Numbers(column.Name, column.Parts),
            })];
        Block[] figures = [.. ClassSection.OfColumns(run)];
        if (charts.Length + figures.Length == 0) return null;
        List<Block> blocks = [.. findings.Columns.Count > 0 ? [Worst(run, findings.Columns)] : Array.Empty<Block>(), .. charts.Take(MostOpen)];
        if (charts.Length > MostOpen)
        {
            string more = charts.Length == MostOpen + 1 ? "One more column" : $"{charts.Length - MostOpen} more columns";
            blocks.Add(new FoldBlock(more, [.. charts.Skip(MostOpen)]));
        }
        if (columns.Length > MostCharts) blocks.Add(new NoteBlock($"{MostCharts} of {columns.Length} columns are drawn; report.json holds all."));
        if (figures.Length > 0) blocks.Add(new FoldBlock("Every metric of each column", figures));
        return new Section("columns", "Columns, the furthest off first",
            "Where the two lines go together, the generator models a column by itself; whether columns belong together is under Quality. " +
                "The outermost ranges also hold what lies beyond them.", blocks);
    }

    private static TableBlock Worst(RunData run, IReadOnlyList<ColumnFinding> columns)
    {
        bool ceiling = columns.Any(c => Ceiling.Of(run, c.Distance) is not null);
        string some = columns.Count > MostWorst ? $"; the first {MostWorst} of {columns.Count}" : "";
        return new TableBlock($"Distance from the real column: 0 is none, 1 is all{some}",
            ["Column", "Generated", .. ceiling ? ["Real"] : Array.Empty<string>(), "Measured by"],
            [.. columns.Take(MostWorst).Select(c => (IReadOnlyList<Cell>)
            [
                new Cell(c.Column), Cell.Of(c.Distance),
                .. ceiling ? [Ceiling.Of(run, c.Distance) is { } real ? Cell.Of(real) : new Cell("")] : Array.Empty<Cell>(),
                new Cell(c.Distance.Metric == "total-variation" ? "total variation" : "Kolmogorov-Smirnov"),
            ])]);
    }

    private static Chart Draw(string name, ColumnPart[] parts)
    {
        ColumnPart[] missing = [.. parts.Where(p => p.Missing)], ranges = Ranges(parts);
        string gap = missing.Length == 0 ? ""
            : $"; missing: {Figure.Percent(missing[0].Real)} of the real, {Figure.Percent(missing[0].Generated)} of the generated rows";
        if (ranges.Length == 0)
        {
            ColumnPart[] shown = [.. parts.Where(p => !p.Missing), .. missing];
            return new BarChart(name + " (% of the rows)", string.Join("; ",
                shown.Select(p => $"{Name(p)}: {Figure.Percent(p.Real)} real, {Figure.Percent(p.Generated)} generated")) + ".",
                [.. shown.Select(Name)], _groups,
                [[.. shown.Select(p => new Bar(Math.Round(100 * p.Real, Digits)))], [.. shown.Select(p => new Bar(Math.Round(100 * p.Generated, Digits)))]]);
        }
        ColumnPart realMost = ranges.MaxBy(p => p.Real)!, generatedMost = ranges.MaxBy(p => p.Generated)!;
        return new HistogramChart(name + " (% of the rows in each range" + gap + ")",
            $"Most real rows, {Figure.Percent(realMost.Real)}, are from {Figure.Short(realMost.From)} to {Figure.Short(realMost.To)}; " +
                $"most generated, {Figure.Percent(generatedMost.Generated)}, from {Figure.Short(generatedMost.From)} to {Figure.Short(generatedMost.To)}{gap}.",
            Edges(ranges), [(_groups[0], [.. ranges.Select(p => 100 * p.Real)]), (_groups[1], [.. ranges.Select(p => 100 * p.Generated)])]);
    }

    /// <summary>The ends of the ranges; the outermost, which reach as far as there are values, are drawn as wide as the others.</summary>
    private static double[] Edges(ColumnPart[] ranges)
    {
        double[] edges = [.. ranges.Select(p => p.From), ranges[^1].To];
        if (edges.Length < 4) return edges;
        double width = edges[2] - edges[1];
        edges[0] = Math.Max(edges[0], edges[1] - width);
        edges[^1] = Math.Min(edges[^1], edges[^2] + width);
        return edges;
    }

    private static TableBlock Numbers(string name, ColumnPart[] parts) => new($"Share of the rows: {name}", ["Value", "Real", "Generated"],
        [.. parts.Select(p => (IReadOnlyList<Cell>)[new Cell(double.IsFinite(p.From) ? $"{Figure.Short(p.From)} to {Figure.Short(p.To)}" : Name(p)),
            Cell.OfShare(p.Real), Cell.OfShare(p.Generated)])]);

    private static ColumnPart[] Ranges(ColumnPart[] parts) => [.. parts.Where(p => double.IsFinite(p.From))];

    private static string Name(ColumnPart part) => part.Missing ? "(missing)" : part.Value;
}
