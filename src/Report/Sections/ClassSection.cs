namespace GanPipeline.Report.Sections;

/// <summary>The metrics of each class; those of a table's columns are in <see cref="ColumnSection"/>.</summary>
internal static class ClassSection
{
    private const int MostCharts = 4, MostBars = 30, MostRows = 200;

    public static Section? Of(RunData run)
    {
        Block[] blocks = [.. Families(run).Where(f => IsOfClasses(run, f)).SelectMany(f => Blocks(f, "Class"))];
        return blocks.Length == 0 ? null : new Section("classes", "By class", "A mean can hide one that fails; here is each by itself.", blocks);
    }

    /// <summary>The metrics of each column, as tables.</summary>
    public static IEnumerable<Block> OfColumns(RunData run) =>
        Families(run).Where(f => !IsOfClasses(run, f)).SelectMany(f => Blocks(f, "Column")).Where(b => b is not ChartBlock);

    /// <summary>Metrics that know the same classes: columns of a table and classes of images do not mix.</summary>
    private static IEnumerable<QualityRow[][]> Families(RunData run) => run.Quality
        .Where(q => q.Class.Length > 0 && (q.Data.Length == 0 || QualitySection.IsYardstick(run, q)) && !BaselineSection.Has(run, q))
        .GroupBy(r => (r.Metric, r.Data)).Select(g => g.ToArray()).GroupBy(m => string.Join('\0', m.Select(r => r.Class))).Select(f => f.ToArray());

    private static bool IsOfClasses(RunData run, QualityRow[][] metrics) =>
        metrics[0].All(r => run.Classes.Count == 0 || run.Classes.Any(k => k.Class == r.Class));

    private static IEnumerable<Block> Blocks(QualityRow[][] metrics, string kind)
    {
        string[] classes = [.. metrics[0].Select(r => r.Class)];
        QualityRow[][] drawn = [.. metrics.Where(m => classes.Length <= MostBars && m[0].Data.Length == 0).Take(MostCharts)];
        var table = new TableBlock($"Metrics by {kind.ToLowerInvariant()}: {classes[0]}{(classes.Length > 1 ? $" and {classes.Length - 1} more" : "")}",
            [kind, .. metrics.Select(Title)],
            [.. classes.Take(MostRows).Select((name, i) => (IReadOnlyList<Cell>)[new Cell(name), .. metrics.Select(m => Cell.Known(m[i].Value))])]);
        foreach (QualityRow[] metric in drawn) yield return new ChartBlock(Bars(metric), "by-class-" + FileName(metric[0].Metric));
        yield return kind == "Column" || drawn.Length == 0 ? table : new FoldBlock("The numbers of each class", [table]);
        if (classes.Length > MostRows) yield return new NoteBlock($"The first {MostRows} of {classes.Length} are shown; report.json holds all.");
    }

    private static string Title(QualityRow[] metric) => metric[0].Title + (metric[0].Data.Length > 0 ? $", {metric[0].Data}" : "");

    private static BarChart Bars(QualityRow[] metric) => new(Title(metric) + (metric[0].Better.Length > 0 ? $" ({metric[0].Better} is better)" : ""),
        string.Join("; ", metric.Select(r => $"{r.Class}: {Figure.Short(r.Value)}")) + ".", [.. metric.Select(r => r.Class)], [Title(metric)],
        [[.. metric.Select(r => new Bar(r.Value, r.Low, r.High))]]);

    public static string FileName(string metric) => new([.. metric.ToLowerInvariant().Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
}
