namespace GanPipeline.Report.Sections;

/// <summary>The metrics of the generated samples as a whole, and beside them what real data and noise get.</summary>
internal static class QualitySection
{
    public static Section? Of(RunData run)
    {
        QualityRow[] rows = [.. run.Quality.Where(q => q.Data.Length == 0 && q.Class.Length == 0)],
            others = [.. run.Quality.Where(q => q.Class.Length == 0 && IsYardstick(run, q))];
        if (rows.Length == 0) return null;
        List<Block> blocks = [Table("Metrics of the generated samples", rows, data: false)];
        if (others.Length > 0) blocks.Add(Table("The same of other samples, to know what a value means", others, data: true));
        bool intervals = rows.Any(r => double.IsFinite(r.Low));
        return new Section("quality", "Quality", intervals ? "Each number with its 95 % interval where one was computed, and what it was measured on."
            : "Each number with what it was measured on.", blocks);
    }

    /// <summary>Whether other data were measured only to know what a metric's values mean.</summary>
    public static bool IsYardstick(RunData run, QualityRow row) => row.Data.Length > 0 && !BaselineSection.Has(run, row);

    /// <summary>A metric's name, and the class or column that it was measured on.</summary>
    public static string Title(QualityRow row) => row.Title + (row.Class.Length > 0 ? $": {row.Class}" : "");

    private static TableBlock Table(string caption, QualityRow[] rows, bool data)
    {
        bool intervals = rows.Any(r => double.IsFinite(r.Low)), better = rows.Any(r => r.Better.Length > 0), sample = rows.Any(r => r.Sample.Length > 0);
        (bool Shown, string Name, Func<QualityRow, Cell> Cell)[] columns =
        [
            (true, "Metric", r => new(Title(r) + (data ? $", {r.Data}" : ""))), (true, "Value", r => Cell.Known(r.Value)),
            (intervals, "From", r => Cell.Known(r.Low)),
            (intervals, "To", r => Cell.Known(r.High)), (better, "Better", r => new(r.Better)), (sample, "Measured on", r => new(r.Sample)),
        ];
        return new TableBlock(caption, [.. columns.Where(c => c.Shown).Select(c => c.Name)],
            [.. rows.Select(r => (IReadOnlyList<Cell>)[.. columns.Where(c => c.Shown).Select(c => c.Cell(r))])]);
    }
}
