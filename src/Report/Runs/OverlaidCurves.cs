namespace GanPipeline.Report.Runs;

/// <summary>A chart a column of metrics.csv, a line a run.</summary>
internal static class OverlaidCurves
{
    private static readonly string[] Places = ["epoch", "step"];

    public static IEnumerable<LineChart> Of(IReadOnlyList<RunData> runs, IReadOnlyList<string> names, int most)
    {
        string[] columns = [.. runs.SelectMany(r => r.Metrics?.Columns ?? []).Distinct().Where(c => !Places.Contains(c))];
        foreach (string column in columns)
        {
            Series[] lines = [.. runs.Take(most).Select((r, i) => Line(r.Metrics, column, names[i])).OfType<Series>()];
            if (lines.Length > 0)
                yield return new LineChart(Curves.Spell(column), string.Join("; ",
                    lines.Select(l => $"{l.Name}: from {Figure.Short(l.Y[0])} to {Figure.Short(l.Y[^1])}")) + ".", "step", lines);
        }
    }

    private static Series? Line(CsvTable? metrics, string column, string name)
    {
        if (metrics is null || metrics.Find("step") is < 0 || metrics.Find(column) is < 0) return null;
        int step = metrics.Find("step"), place = metrics.Find(column);
        int[] rows = [.. Enumerable.Range(0, metrics.Rows.Count).Where(r => metrics.Rows[r][place].Length > 0)];
        return rows.Length == 0 ? null : new Series(name, [.. rows.Select(r => metrics.Number(r, step))], [.. rows.Select(r => metrics.Number(r, place))]);
    }
}
