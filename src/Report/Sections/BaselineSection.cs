using GanPipeline.Report.Charts;
using GanPipeline.Report.Pages;
using GanPipeline.Report.Runs;

namespace GanPipeline.Report.Sections;

/// <summary>The same measured on other data: up-sampled in ways that cost nothing, or by this generator.</summary>
internal static class BaselineSection
{
    private const string Generator = "GAN";
    private const int MostCharts = 6;

    public static Section? Of(RunData run)
    {
        string[] metrics = [.. run.Quality.Where(q => q.Data.Length > 0 && q.Class.Length == 0 && !QualitySection.IsYardstick(q)).Select(q => q.Metric).Distinct()];
        if (metrics.Length == 0) return null;
        var blocks = new List<Block>();
        foreach (string metric in metrics)
        {
            QualityRow[] rows = Rows(run, metric);
            string title = Words.Of(metric) + (rows[0].Better.Length > 0 ? $" ({rows[0].Better} is better)" : "");
            if (blocks.Count < MostCharts)
                blocks.Add(new ChartBlock(new BarChart(title, string.Join("; ", rows.Select(r => $"{Name(r)}: {Figure.Short(r.Value)}")) + ".",
                    [.. rows.Select(Name)], [Words.Of(metric)], [[.. rows.Select(r => new Bar(r.Value, r.Low, r.High))]]), "baselines-" + ClassSection.FileName(metric)));
        }
        string[] data = [.. run.Quality.Where(q => metrics.Contains(q.Metric) && q.Class.Length == 0 && !QualitySection.IsYardstick(q)).Select(q => q.Data).Distinct()];
        blocks.AddRange(metrics.Select(m => Verdict(Rows(run, m))).OfType<NoteBlock>());
        foreach (string metric in metrics) blocks.Add(Table(run, metric));
        string sample = run.Quality.First(q => metrics.Contains(q.Metric)).Sample;
        return new Section("baselines", "Compared with doing less", $"{data.Length} kinds of data, judged the same way{(sample.Length > 0 ? $" ({sample})" : "")}. Up-sampling without a generator costs nothing, so the generator has to beat it.", blocks);
    }

    private static QualityRow[] Rows(RunData run, string metric) => [.. run.Quality.Where(q => q.Metric == metric && q.Class.Length == 0 && !QualitySection.IsYardstick(q))];

    /// <summary>Says whether the generator beats the best of the others, and whether by more than chance; null where one of them, or what is better, is unknown.</summary>
    private static NoteBlock? Verdict(QualityRow[] rows)
    {
        int sign = rows[0].Better switch { "higher" => 1, "lower" => -1, _ => 0 };
        QualityRow? generator = rows.FirstOrDefault(r => r.Data == Generator && double.IsFinite(r.Value)), best = rows.Where(r => r.Data != Generator && double.IsFinite(r.Value)).MaxBy(r => sign * r.Value);
        if (sign == 0 || generator is null || best is null) return null;
        string metric = Words.Of(generator.Metric);
        if (sign * (generator.Value - best.Value) <= 0) return new NoteBlock($"{metric}: the generator is no better than '{Name(best)}', which is free. Prefer that here.", Warning: true);
        double gap = sign > 0 ? generator.Low - best.High : best.Low - generator.High;
        return gap > 0 ? new NoteBlock($"{metric}: the generator beats the best of the others, '{Name(best)}', and their intervals are apart.")
            : new NoteBlock($"{metric}: the generator is ahead of the best of the others, '{Name(best)}', but not by more than chance explains{(double.IsNaN(gap) ? " for all that is known: there are no intervals" : ": their intervals overlap")}.", Warning: true);
    }

    private static TableBlock Table(RunData run, string metric)
    {
        QualityRow[] rows = Rows(run, metric);
        bool intervals = rows.Any(r => double.IsFinite(r.Low));
        return new TableBlock(Words.Of(metric), ["Data", "Value", .. (intervals ? ["From", "To"] : Array.Empty<string>())],
            [.. rows.Select(r => (IReadOnlyList<Cell>)[new Cell(Name(r)), Cell.Known(r.Value), .. (intervals ? [Cell.Known(r.Low), Cell.Known(r.High)] : Array.Empty<Cell>())])]);
    }

    private static string Name(QualityRow row) => row.Data.Length > 0 ? row.Data : "generated";
}
