namespace GanPipeline.Report.Verdicts;

/// <summary>What real samples have in place of generated ones, which is the best that can be expected.</summary>
internal static class Ceiling
{
    /// <summary>How files call them: training samples, or held-out ones where generated samples are compared with training ones.</summary>
    public static IReadOnlyList<string> Names { get; } = ["real", "held out", "training"];

    /// <summary>The number that real samples have; null where none was measured.</summary>
    public static QualityRow? Of(RunData run, QualityRow row) =>
        run.Quality.FirstOrDefault(q => q.Metric == row.Metric && q.Class == row.Class && Names.Contains(q.Data) && double.IsFinite(q.Value));
}
