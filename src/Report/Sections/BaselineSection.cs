namespace GanPipeline.Report.Sections;

/// <summary>The same measured on other data than the generator's: on rows that other methods added, and on real ones.</summary>
internal static class BaselineSection
{
    private const int MostCharts = 8;

    public static Section? Of(RunData run)
    {
        QualityRow[][] metrics = [.. run.Quality.Where(q => !MethodFindings.Metrics.Contains(q.Metric)).GroupBy(q => (q.Metric, q.Class))
            .Select(g => g.ToArray()).Where(g => g.Any(q => q.Data == MethodFindings.GeneratorKey))];
        if (metrics.Length == 0) return null;
        Block[] blocks =
        [
            .. metrics.Take(MostCharts).Select(m =>
                new ChartBlock(Bars(m), "added-" + ClassSection.FileName($"{m[0].Metric} {m[0].Class}".Trim())) { Numbers = Table(m) }),
            .. metrics.Skip(MostCharts).Select(Table),
        ];
        return new Section("baselines", "Added rows beside real ones",
            "What a method adds should be like real rows: as far from the training rows as rows that were held out, and as often taken for its class.", blocks);
    }

    /// <summary>Whether a metric is of this section or of the methods: one that the generator's up-sampling was evaluated by.</summary>
    public static bool Has(RunData run, QualityRow row) =>
        run.Quality.Any(q => q.Metric == row.Metric && q.Class == row.Class && q.Data == MethodFindings.GeneratorKey);

    private static BarChart Bars(QualityRow[] rows) => new(QualitySection.Title(rows[0]) + (rows[0].Better.Length > 0 ? $" ({rows[0].Better} is better)" : ""),
        string.Join("; ", rows.Select(r => $"{Name(r)}: {Figure.Short(r.Value)}")) + ".", [.. rows.Select(Name)], [QualitySection.Title(rows[0])],
        [[.. rows.Select(r => new Bar(r.Value, r.Low, r.High))]]);

    private static TableBlock Table(QualityRow[] rows) => new(QualitySection.Title(rows[0]), ["Data", "Value", "Measured on"],
        [.. rows.Select(r => (IReadOnlyList<Cell>)[new Cell(Name(r)), Cell.Of(r), new Cell(r.Sample)])]);

    private static string Name(QualityRow row) => row.Data.Length > 0 ? row.Data : "generated";
}
