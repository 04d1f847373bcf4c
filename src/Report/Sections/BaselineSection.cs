namespace GanPipeline.Report.Sections;

/// <summary>The same measured on other data: up-sampled by methods that cost nothing, or by this generator.</summary>
internal static class BaselineSection
{
    private const string Generator = MethodFindings.GeneratorKey;
    private const int MostCharts = 6;

    public static Section? Of(RunData run)
    {
        QualityRow[][] metrics = [.. run.Quality.GroupBy(q => (q.Metric, q.Class)).Select(g => g.ToArray()).Where(g => g.Any(q => q.Data == Generator))];
        if (metrics.Length == 0) return null;
        List<Block> blocks = [.. metrics.Take(MostCharts).Select(m =>
            new ChartBlock(Bars(m), "baselines-" + ClassSection.FileName($"{m[0].Metric} {m[0].Class}".Trim())))];
        blocks.AddRange(metrics.Select(Table));
        string sample = metrics[0][0].Sample;
        return new Section("baselines", "Compared with doing less",
            $"The same measured on other data{(sample.Length > 0 ? $" ({sample})" : "")}. " +
                "Up-sampling without a generator costs nothing, so the generator has to beat it.", blocks);
    }

    /// <summary>Whether a metric is of this section: one that the generator's up-sampling was evaluated by.</summary>
    public static bool Has(RunData run, QualityRow row) => run.Quality.Any(q => q.Metric == row.Metric && q.Class == row.Class && q.Data == Generator);

    private static BarChart Bars(QualityRow[] rows) => new(QualitySection.Title(rows[0]) + (rows[0].Better.Length > 0 ? $" ({rows[0].Better} is better)" : ""),
        string.Join("; ", rows.Select(r => $"{Name(r)}: {Figure.Short(r.Value)}")) + ".", [.. rows.Select(Name)], [QualitySection.Title(rows[0])],
        [[.. rows.Select(r => new Bar(r.Value, r.Low, r.High))]]);

    private static TableBlock Table(QualityRow[] rows)
    {
        bool intervals = rows.Any(r => double.IsFinite(r.Low));
        return new TableBlock(QualitySection.Title(rows[0]), ["Data", "Value", .. (intervals ? ["From", "To"] : Array.Empty<string>())],
            [.. rows.Select(r => (IReadOnlyList<Cell>)[new Cell(Name(r)), Cell.Known(r.Value),
            .. (intervals ? [Cell.Known(r.Low), Cell.Known(r.High)] : Array.Empty<Cell>())])]);
    }

    private static string Name(QualityRow row) => row.Data.Length > 0 ? row.Data : "generated";
}
