namespace GanPipeline.Report.Sections;

/// <summary>The heading: which run it is, how far it is, and the figures that matter most.</summary>
internal static class SummarySection
{
    private const int MostMetrics = 3;

    /// <summary>What a person asks first; metrics that are not here come after these.</summary>
    private static readonly string[] First = ["frechet-distance", "class-accuracy", "recall", "train-on-synthetic", "kolmogorov-smirnov", "closer-to-training"];

    public static Page Page(RunData run, IReadOnlyList<Section> sections)
    {
        string system = run.Option("system"), data = run.Note("data", "name"), state = run.Note("run", "state");
        string lead = $"A generative adversarial network{(data.Length > 0 ? $" trained on {data}" : "")}, seed {run.Option("seed")}. " +
            $"{(state.Length > 0 ? $"State of the run: {state.TrimEnd('.')}. " : "")}Run folder: {run.Name}.";
        string shown = data.Length > 0 ? $"{system} on {data}" : system;
        return new Page(system.Length > 0 ? $"{shown}: training report" : "Training report", lead, [.. Tiles(run)], sections) { Findings = Findings.Of(run) };
    }

    private static IEnumerable<Fact> Tiles(RunData run)
    {
        if (run.Metrics is { Rows.Count: > 0 } metrics)
        {
            foreach (string column in new[] { "epoch", "step" })
                if (metrics.Find(column) is >= 0 and var place)
                    yield return new Fact(Words.Of(column + "s"), Cell.Of(metrics.Number(metrics.Rows.Count - 1, place)));
            if (metrics.Find("samples_per_second") is >= 0 and var speed)
            {
                double[] sorted = [.. metrics.Rows.Select((_, r) => metrics.Number(r, speed)).Where(double.IsFinite).Order()];
                if (sorted.Length > 0) yield return new Fact("Samples per second (median)", Cell.Of(Math.Round(sorted[sorted.Length / 2])));
            }
        }
        foreach (QualityRow row in run.Quality.Where(q => q.Data.Length == 0 && q.Class.Length == 0 && double.IsFinite(q.Value))
            .OrderBy(q => Array.IndexOf(First, q.Metric) is >= 0 and var place ? place : First.Length).Take(MostMetrics)) yield return new Fact(row.Title,
            Cell.Of(row.Value));
    }
}
