namespace GanPipeline.Report.Sections;

/// <summary>The metrics of each class, or of each column of a table.</summary>
internal static class ClassSection
{
    private const int MostCharts = 4, MostBars = 30, MostRows = 200;

    public static Section? Of(RunData run)
    {
        QualityRow[] rows = [.. run.Quality.Where(q => q.Class.Length > 0 && (q.Data.Length == 0 || QualitySection.IsYardstick(run, q))
            && !BaselineSection.Has(run, q))];
        if (rows.Length == 0) return null;
        var blocks = new List<Block>();
        // Metrics that know the same classes share a table: columns of a table and classes of images do not mix.
        foreach (IGrouping<string, QualityRow[]> family in rows.GroupBy(r => (r.Metric, r.Data)).Select(g => g.ToArray())
            .GroupBy(m => string.Join('\0', m.Select(r => r.Class))))
        {
            QualityRow[][] metrics = [.. family];
            string[] classes = [.. metrics[0].Select(r => r.Class)];
            string kind = classes.All(c => run.Classes.Count == 0 || run.Classes.Any(k => k.Class == c)) ? "Class" : "Column";
            blocks.AddRange(metrics.Where(m => classes.Length <= MostBars && m[0].Data.Length == 0).Take(MostCharts)
                .Select(m => new ChartBlock(Bars(m), "by-class-" + FileName(m[0].Metric))));
            blocks.Add(new TableBlock($"By {kind.ToLowerInvariant()}", [kind, .. metrics.Select(Title)],
                [.. classes.Take(MostRows).Select((name, i) => (IReadOnlyList<Cell>)[new Cell(name), .. metrics.Select(m => Cell.Known(m[i].Value))])]));
            if (classes.Length > MostRows) blocks.Add(new NoteBlock($"The first {MostRows} of {classes.Length} are shown; quality.csv holds all."));
        }
        return new Section("classes", blocks.OfType<TableBlock>().Any(t => t.Columns[0] != "Class") ? "By class and column" : "By class",
            "A mean can hide one that fails; here is each by itself.", blocks);
    }

    private static string Title(QualityRow[] metric) => metric[0].Title + (metric[0].Data.Length > 0 ? $", {metric[0].Data}" : "");

    private static BarChart Bars(QualityRow[] metric) => new(Title(metric) + (metric[0].Better.Length > 0 ? $" ({metric[0].Better} is better)" : ""),
        string.Join("; ", metric.Select(r => $"{r.Class}: {Figure.Short(r.Value)}")) + ".", [.. metric.Select(r => r.Class)], [Title(metric)],
        [[.. metric.Select(r => new Bar(r.Value, r.Low, r.High))]]);

    public static string FileName(string metric) => new([.. metric.ToLowerInvariant().Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
}
