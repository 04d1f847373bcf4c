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
        QualityRow[][] metrics = [.. run.Quality.Where(q => !QualitySection.IsYardstick(q)).GroupBy(q => (q.Metric, q.Class)).Select(g => g.ToArray()).Where(g => g.Any(q => q.Data.Length > 0))];
        if (metrics.Length == 0) return null;
        List<Block> blocks = [.. metrics.Take(MostCharts).Select(m => new ChartBlock(Bars(m), "baselines-" + ClassSection.FileName($"{m[0].Metric} {m[0].Class}".Trim())))];
        blocks.AddRange(metrics.Select(Verdict).OfType<NoteBlock>());
        blocks.AddRange(metrics.Select(Table));
        string sample = metrics[0][0].Sample;
        return new Section("baselines", "Compared with doing less", $"The same judged on other data{(sample.Length > 0 ? $" ({sample})" : "")}. Up-sampling without a generator costs nothing, so the generator has to beat it.", blocks);
    }

    private static BarChart Bars(QualityRow[] rows) => new(QualitySection.Title(rows[0]) + (rows[0].Better.Length > 0 ? $" ({rows[0].Better} is better)" : ""),
        string.Join("; ", rows.Select(r => $"{Name(r)}: {Figure.Short(r.Value)}")) + ".", [.. rows.Select(Name)], [QualitySection.Title(rows[0])], [[.. rows.Select(r => new Bar(r.Value, r.Low, r.High))]]);

    /// <summary>Says whether the generator beats the best of the others, and whether by more than chance; null where one of them, or what is better, is unknown.</summary>
    private static NoteBlock? Verdict(QualityRow[] rows)
    {
        int sign = rows[0].Better switch { "higher" => 1, "lower" => -1, _ => 0 };
        QualityRow? generator = rows.FirstOrDefault(r => r.Data == Generator && double.IsFinite(r.Value)), best = rows.Where(r => r.Data != Generator && double.IsFinite(r.Value)).MaxBy(r => sign * r.Value);
        if (sign == 0 || generator is null || best is null) return null;
        string metric = QualitySection.Title(generator);
        if (sign * (generator.Value - best.Value) <= 0) return new NoteBlock($"{metric}: the generator is no better than '{Name(best)}', which is free. Prefer that here.", Warning: true);
        double gap = sign > 0 ? generator.Low - best.High : best.Low - generator.High;
        return gap > 0 ? new NoteBlock($"{metric}: the generator beats the best of the others, '{Name(best)}', and their intervals are apart.")
            : new NoteBlock($"{metric}: the generator is ahead of the best of the others, '{Name(best)}', but {(double.IsNaN(gap) ? "there are no intervals to say whether that is chance" : "not by more than chance explains: their intervals overlap")}.", Warning: true);
    }

    private static TableBlock Table(QualityRow[] rows)
    {
        bool intervals = rows.Any(r => double.IsFinite(r.Low));
        return new TableBlock(QualitySection.Title(rows[0]), ["Data", "Value", .. (intervals ? ["From", "To"] : Array.Empty<string>())],
            [.. rows.Select(r => (IReadOnlyList<Cell>)[new Cell(Name(r)), Cell.Known(r.Value), .. (intervals ? [Cell.Known(r.Low), Cell.Known(r.High)] : Array.Empty<Cell>())])]);
    }

    private static string Name(QualityRow row) => row.Data.Length > 0 ? row.Data : "generated";
}
