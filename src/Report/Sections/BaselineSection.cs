using GanPipeline.Report.Charts;
using GanPipeline.Report.Pages;
using GanPipeline.Report.Runs;

namespace GanPipeline.Report.Sections;

/// <summary>The same measured on other data: up-sampled in ways that cost nothing, or by this generator.</summary>
internal static class BaselineSection
{
    private const int MostCharts = 6;

    public static Section? Of(RunData run)
    {
        string[] metrics = [.. run.Quality.Where(q => q.Data.Length > 0 && q.Class.Length == 0 && !QualitySection.IsYardstick(q)).Select(q => q.Metric).Distinct()];
        if (metrics.Length == 0) return null;
        var blocks = new List<Block>();
        foreach (string metric in metrics)
        {
            QualityRow[] rows = [.. run.Quality.Where(q => q.Metric == metric && q.Class.Length == 0 && !QualitySection.IsYardstick(q))];
            string title = Words.Of(metric) + (rows[0].Better.Length > 0 ? $" ({rows[0].Better} is better)" : "");
            if (blocks.Count < MostCharts)
                blocks.Add(new ChartBlock(new BarChart(title, string.Join("; ", rows.Select(r => $"{Name(r)}: {Figure.Short(r.Value)}")) + ".",
                    [.. rows.Select(Name)], [Words.Of(metric)], [[.. rows.Select(r => new Bar(r.Value, r.Low, r.High))]]), "baselines-" + ClassSection.FileName(metric)));
        }
        string[] data = [.. run.Quality.Where(q => metrics.Contains(q.Metric) && q.Class.Length == 0 && !QualitySection.IsYardstick(q)).Select(q => q.Data).Distinct()];
        foreach (string metric in metrics) blocks.Add(Table(run, metric));
        string sample = run.Quality.First(q => metrics.Contains(q.Metric)).Sample;
        return new Section("baselines", "Compared with doing less", $"{data.Length} kinds of data, judged the same way{(sample.Length > 0 ? $" ({sample})" : "")}. Up-sampling without a generator costs nothing, so the generator has to beat it.", blocks);
    }

    private static TableBlock Table(RunData run, string metric)
    {
        QualityRow[] rows = [.. run.Quality.Where(q => q.Metric == metric && q.Class.Length == 0 && !QualitySection.IsYardstick(q))];
        bool intervals = rows.Any(r => double.IsFinite(r.Low));
        return new TableBlock(Words.Of(metric), ["Data", "Value", .. (intervals ? ["From", "To"] : Array.Empty<string>())],
            [.. rows.Select(r => (IReadOnlyList<Cell>)[new Cell(Name(r)), Cell.Known(r.Value), .. (intervals ? [Cell.Known(r.Low), Cell.Known(r.High)] : Array.Empty<Cell>())])]);
    }

    private static string Name(QualityRow row) => row.Data.Length > 0 ? row.Data : "generated";
}
