namespace GanPipeline.Report.Sections;

/// <summary>A table's columns, real beside generated rows: a histogram for numbers, bars for categories.</summary>
internal static class ColumnSection
{
    private const int MostCharts = 60, Digits = 1;
    private static readonly string[] Groups = ["real test rows", "generated rows"];

    public static Section? Of(RunData run)
    {
        IGrouping<string, ColumnPart>[] columns = [.. run.Columns.GroupBy(p => p.Column)];
        if (columns.Length == 0) return null;
        List<Block> blocks = [.. columns.Take(MostCharts).Select((column, i) =>
            new ChartBlock(Draw(column.Key, [.. column]), FormattableString.Invariant($"column-{i:D3}-") + ClassSection.FileName(column.Key)))];
        if (columns.Length > MostCharts) blocks.Add(new NoteBlock($"The first {MostCharts} of {columns.Length} columns are drawn; columns.csv holds all."));
        return new Section("columns", "Columns, real and generated",
            "Where the two go together, the generator models a column by itself; whether columns belong together is in the metrics. " +
                "The outermost ranges of a histogram reach as far as there are values.", blocks);
    }

    private static Chart Draw(string name, ColumnPart[] parts)
    {
        ColumnPart[] missing = [.. parts.Where(p => p.Missing)], ranges = [.. parts.Where(p => double.IsFinite(p.From))];
        string gap = missing.Length == 0 ? "" : $"; missing: {Percent(missing[0].Real)} of the real, {Percent(missing[0].Generated)} of the generated rows";
        if (ranges.Length == 0)
        {
            ColumnPart[] shown = [.. parts.Where(p => !p.Missing), .. missing];
            return new BarChart(name + " (% of the rows)", string.Join("; ",
                shown.Select(p => $"{Name(p)}: {Percent(p.Real)} real, {Percent(p.Generated)} generated")) + ".", [.. shown.Select(Name)], Groups,
                [[.. shown.Select(p => new Bar(Math.Round(100 * p.Real, Digits)))], [.. shown.Select(p => new Bar(Math.Round(100 * p.Generated, Digits)))]]);
        }
        ColumnPart realMost = ranges.MaxBy(p => p.Real)!, generatedMost = ranges.MaxBy(p => p.Generated)!;
        return new HistogramChart(name + " (% of the rows in each range" + gap + ")",
            $"Most real rows, {Percent(realMost.Real)}, are from {Figure.Short(realMost.From)} to {Figure.Short(realMost.To)}; " +
                $"most generated, {Percent(generatedMost.Generated)}, from {Figure.Short(generatedMost.From)} to {Figure.Short(generatedMost.To)}{gap}.",
            [.. ranges.Select(p => p.From), ranges[^1].To], [(Groups[0], [.. ranges.Select(p => 100 * p.Real)]),
            (Groups[1], [.. ranges.Select(p => 100 * p.Generated)])]);
    }

    private static string Name(ColumnPart part) => part.Missing ? "(missing)" : part.Value;

    private static string Percent(double share) => Figure.Short(Math.Round(100 * share, 1)) + " %";
}
