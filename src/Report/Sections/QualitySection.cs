using GanPipeline.Report.Pages;
using GanPipeline.Report.Runs;

namespace GanPipeline.Report.Sections;

/// <summary>The metrics of the generated samples as a whole.</summary>
internal static class QualitySection
{
    public static Section? Of(RunData run)
    {
        QualityRow[] rows = [.. run.Quality.Where(q => q.Data.Length == 0 && q.Class.Length == 0)];
        if (rows.Length == 0) return null;
        bool intervals = rows.Any(r => double.IsFinite(r.Low)), better = rows.Any(r => r.Better.Length > 0), sample = rows.Any(r => r.Sample.Length > 0);
        string[] columns = ["Metric", "Value", .. (intervals ? ["From", "To"] : Array.Empty<string>()), .. (better ? ["Better"] : Array.Empty<string>()), .. (sample ? ["Measured on"] : Array.Empty<string>())];
        Cell[][] cells = [.. rows.Select(r => (Cell[])
        [
            new(Words.Of(r.Metric)), Cell.Of(r.Value), .. (intervals ? [Limit(r.Low), Limit(r.High)] : Array.Empty<Cell>()),
            .. (better ? [new(r.Better)] : Array.Empty<Cell>()), .. (sample ? [new(r.Sample)] : Array.Empty<Cell>()),
        ])];
        return new Section("quality", "Quality", intervals ? "Each number with its 95 % interval where one was computed, and what it was measured on." : "Each number with what it was measured on.",
            [new TableBlock("Metrics of the generated samples", columns, cells)]);
    }

    public static Cell Limit(double value) => double.IsFinite(value) ? Cell.Of(value) : new Cell("");
}
