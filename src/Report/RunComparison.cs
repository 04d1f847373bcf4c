using CsvHelper;

namespace GanPipeline.Report;

/// <summary>A table of several runs, a row a run.</summary>
/// <param name="Columns">Names of the columns; the first is the run.</param>
/// <param name="Rows">The texts, numbers as people read them.</param>
internal sealed record RunTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Why figures of these runs may not compare, in sentences: runs whose data have other classes than the first run's.</summary>
    public IReadOnlyList<string> Cautions { get; init; } = [];
}

/// <summary>
/// Several runs side by side: <c>compare.html</c> with their metrics, the options in which they differ and their curves, and <c>compare.csv</c> with a row a
/// run.
/// </summary>
internal static class RunComparison
{
    private const int MostRuns = 50, MostCurves = 8;

    /// <summary>The files that are written into a folder: compare.html and compare.csv.</summary>
    public static IReadOnlyList<string> Files(string target) => [Path.Combine(target, "compare.html"), Path.Combine(target, "compare.csv")];

    /// <summary>Compares runs.</summary>
    /// <param name="folders">Two or more run folders.</param>
    /// <param name="target">An existing folder for compare.html and compare.csv.</param>
    /// <param name="stop">Ends it before the next run is read, and before anything is written.</param>
    /// <exception cref="UserErrorException">A folder holds no run, there are too few or too many, or the target cannot be written to.</exception>
    public static RunTable Write(IReadOnlyList<string> folders, string target, CancellationToken stop = default)
    {
        if (folders.Count is < 2 or > MostRuns)
            throw new UserErrorException($"{folders.Count} run folder{(folders.Count == 1 ? "" : "s")}: name 2 to {MostRuns} to compare.");
        RunData[] runs = [.. folders.Select(folder =>
        {
            stop.ThrowIfCancellationRequested();
            return RunData.Read(folder);
        })];
        string[] names = Names(runs);
        string[] metrics = [.. runs.SelectMany(r => r.Quality).Where(q => q.Class.Length == 0).Select(Title).Distinct()];
        string[] differences = [.. runs.SelectMany(r => r.Options.Select(o => o.Key)).Distinct()
            .Where(key => runs.Select(r => r.Option(key)).Distinct().Count() > 1)];
        string[] columns = ["run", "steps", "samples per second", .. metrics, .. differences];
        Cell[][] cells = [.. runs.Select((run, i) => (Cell[])
        [
            new Cell(names[i]), Last(run, "step"), Last(run, "samples_per_second"), .. metrics.Select(m => Value(run, m)),
            .. differences.Select(key => Option(run, key)),
        ])];
        stop.ThrowIfCancellationRequested();
        AtomicFile.Write(Files(target)[1], stream => WriteCsv(stream, columns, cells));
        string[] cautions = [.. runs.Select((run, i) => OtherClasses(run, names[i], runs[0], names[0])).OfType<string>()];
        AtomicFile.WriteAllText(Files(target)[0], HtmlPage.Write(Build(runs, names, metrics, differences, cautions)));
        return new RunTable([.. columns.Take(3 + metrics.Length)],
            [.. cells.Select(row => (IReadOnlyList<string>)[.. row.Take(3 + metrics.Length).Select(c => c.Text)])])
        {
            Cautions = cautions,
        };
    }

    /// <summary>In what the classes of a run's data differ from another's, by name; null where they do not, or where one has none.</summary>
    private static string? OtherClasses(RunData run, string name, RunData first, string firstName)
    {
        string[] own = [.. run.Classes.Select(c => c.Class)], others = [.. first.Classes.Select(c => c.Class)];
        string[] lacking = [.. others.Except(own)], more = [.. own.Except(others)];
        if (own.Length == 0 || others.Length == 0 || lacking.Length + more.Length == 0) return null;
        string?[] what = [lacking.Length > 0 ? $"lack {ClassMatch.List(lacking)}" : null, more.Length > 0 ? $"add {ClassMatch.List(more)}" : null];
        string differs = string.Join(" and ", what.OfType<string>());
        return $"The classes of {name}'s data are not those of {firstName}'s: they {differs}. Their figures are of different tasks.";
    }

    private static Page Build(RunData[] runs, string[] names, string[] metrics, string[] differences, string[] cautions)
    {
        var sections = new List<Section>
        {
            new("runs", "Runs", "", [.. cautions.Select(c => new NoteBlock(c, Warning: true)),
                new TableBlock("What was trained", ["Run", "System", "Steps", "Samples per second"],
                [.. runs.Select((r, i) => (IReadOnlyList<Cell>)[new Cell(names[i]), new Cell(r.Option("system")), Last(r, "step"),
                Last(r, "samples_per_second")])])]),
        };
        if (metrics.Length > 0)
            sections.Add(new("metrics", "Metrics", "Numbers are comparable where they were measured on the same data with the same sample sizes.",
                [new TableBlock("Metrics, a column a run", ["Metric", .. names],
                [.. metrics.Select(m => (IReadOnlyList<Cell>)[new Cell(m), .. runs.Select(r => Value(r, m))])])]));
        sections.Add(new("options", "Options that differ", differences.Length == 0 ? "All options are the same." : "All other options are the same.",
            differences.Length == 0 ? [] : [new TableBlock("Options, a column a run", ["Option", .. names],
            [.. differences.Select(key => (IReadOnlyList<Cell>)[new Cell(key), .. runs.Select(r => Option(r, key))])])]));
        Block[] curves = [.. OverlaidCurves.Of(runs, names, MostCurves).Select(c => new ChartBlock(c, ""))];
        if (curves.Length > 0) sections.Add(new("training", "Training",
            runs.Length > MostCurves ? $"The first {MostCurves} runs; more lines could not be told apart." : "", curves));
        return new Page($"Comparison of {runs.Length} runs", string.Join(", ", names), [], sections);
    }

    /// <summary>The folders' own names, or as much of their paths as tells them apart.</summary>
    private static string[] Names(RunData[] runs)
    {
        string[] names = [.. runs.Select(r => r.Name)];
        return names.Distinct().Count() == names.Length ? names : [.. runs.Select(r => r.Folder)];
    }

    private static string Title(QualityRow row) => row.Title + (row.Data.Length > 0 ? $", {row.Data}" : "");

    private static Cell Value(RunData run, string title) => run.Quality.FirstOrDefault(q => q.Class.Length == 0 && Title(q) == title) is { } row
        ? Cell.Known(row.Value) : new Cell("");

    private static Cell Option(RunData run, string key) => Cell.Parse(run.Option(key)) with { Text = run.Option(key) };

    private static Cell Last(RunData run, string column) => run.Metrics is { Rows.Count: > 0 } metrics && metrics.Find(column) is >= 0 and var place
        ? Cell.Of(metrics.Number(metrics.Rows.Count - 1, place)) : new Cell("");

    private static void WriteCsv(Stream stream, string[] columns, Cell[][] rows)
    {
        using var csv = new CsvWriter(new StreamWriter(stream, leaveOpen: true), CsvFormat.Written());
        foreach (string column in columns) csv.WriteField(column);
        csv.NextRecord();
        foreach (Cell[] row in rows)
        {
            foreach (Cell cell in row) csv.WriteField(cell.Number is { } number ? Figure.Full(number) : cell.Text);
            csv.NextRecord();
        }
    }
}
