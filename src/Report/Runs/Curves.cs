namespace GanPipeline.Report.Runs;

/// <summary>Sorts the columns of metrics.csv into charts by the last word of their names, so that a new column is drawn without this code knowing it.</summary>
internal static class Curves
{
    private static readonly (string Id, string Title, string[] Endings)[] Known =
    [
        ("loss", "Loss", ["loss"]),
        ("scores", "Scores and accuracies", ["score", "accuracy"]),
        ("gradients", "Size of the gradients", ["norm"]),
        ("penalty", "Penalties", ["penalty"]),
        ("learning-rate", "Learning rates", ["rate"]),
        ("speed", "Samples per second in training", ["second"]),
        ("memory", "Memory (MiB)", ["mib"]),
    ];

    private static readonly string[] Places = ["epoch", "step"];

    /// <summary>A chart a kind of column, with the name of its file. Columns of no known kind get a chart each.</summary>
    public static IReadOnlyList<(string Id, LineChart Chart)> Of(CsvTable? metrics, string quality = "")
    {
        if (metrics is null || metrics.Rows.Count == 0 || metrics.Find("step") is < 0 and var step) return [];
        step = metrics.Find("step");
        double[] steps = [.. metrics.Rows.Select((_, r) => metrics.Number(r, step))];
        var charts = new List<(string, LineChart)>();
        int[] columns = [.. Enumerable.Range(0, metrics.Columns.Count).Where(c => !Places.Contains(metrics.Columns[c]) && HasNumbers(metrics, c))];
        foreach ((string id, string title, string[] endings) in Known)
        {
            int[] chosen = [.. columns.Where(c => endings.Contains(Ending(metrics.Columns[c])))];
            if (chosen.Length > 0) charts.Add((id, Draw(metrics, steps, title, chosen)));
        }
        foreach (int column in columns.Where(c => !Known.Any(k => k.Endings.Contains(Ending(metrics.Columns[c])))))
            charts.Add((FileName(metrics.Columns[column]), Draw(metrics, steps, metrics.Columns[column] == "quality" && quality.Length > 0
                ? $"Quality: {quality}" : Spell(metrics.Columns[column]), [column])));
        return charts;
    }

    private static bool HasNumbers(CsvTable metrics, int column) => Enumerable.Range(0, metrics.Rows.Count).Any(r => metrics.Rows[r][column].Length > 0);

    private static string Ending(string column) => column[(column.LastIndexOf('_') + 1)..];

    private static LineChart Draw(CsvTable metrics, double[] steps, string title, int[] columns)
    {
        Series[] lines = [.. columns.Select(c =>
        {
            // A quality metric is not measured at every row: its gaps are joined.
            int[] rows = [.. Enumerable.Range(0, steps.Length).Where(r => metrics.Rows[r][c].Length > 0)];
            return new Series(Name(metrics.Columns[c]), [.. rows.Select(r => steps[r])], [.. rows.Select(r => metrics.Number(r, c))]);
        })];
        return new LineChart(title, Describe(lines), "step", lines);
    }

    /// <summary>The curves in words.</summary>
    private static string Describe(IEnumerable<Series> lines) =>
        string.Join("; ", lines.Select(l => $"{l.Name}: from {Figure.Short(l.Y[0])} to {Figure.Short(l.Y[^1])}")) + ".";

    private static string Name(string column)
    {
        string ending = Ending(column), rest = column.Length > ending.Length ? column[..^(ending.Length + 1)] : column;
        if (rest.EndsWith("_learning", StringComparison.Ordinal)) rest = rest[..^"_learning".Length];
        return Spell(rest) + (ending == "accuracy" ? " accuracy" : "");
    }

    /// <summary>A column's name in words.</summary>
    public static string Spell(string column) => Words.Of(column.Split('_') switch
    {
        ["d", .. var rest] => string.Join('_', ["discriminator", .. rest]),
        ["g", .. var rest] => string.Join('_', ["generator", .. rest]),
        _ => column,
    });

    private static string FileName(string column) => new([.. column.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]);
}
