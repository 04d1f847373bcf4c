using CsvHelper;

namespace GanPipeline.Report;

/// <summary>A table of several runs, a row a run.</summary>
/// <param name="Columns">Names of the columns; the first is the run.</param>
/// <param name="Rows">The texts, numbers as people read them.</param>
internal sealed record RunTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Why figures of these runs may not compare, in sentences: runs whose data are not the first run's.</summary>
    public IReadOnlyList<string> Cautions { get; init; } = [];

    /// <summary>The runs from the best to the worst by one metric, as a sentence; null where none was measured of all, or they do not compare.</summary>
    public string? Ranking { get; init; }
}

/// <summary>
/// Several runs side by side: <c>compare.html</c> with their metrics, the options in which they differ and their curves, and <c>compare.csv</c> with a row a
/// run.
/// </summary>
internal static class RunComparison
{
    /// <summary>Runs that are compared at most.</summary>
    public const int MostRuns = 50;

    private const int MostCurves = 8;

    // What a run is ranked by where it was measured: the first of these that all runs have.
    private static readonly string[] Ranked = ["frechet-distance", "table-two-sample-test", "two-sample-test"];

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
        string[] cautions = [.. runs.Select((run, i) => OtherData(run, names[i], runs[0], names[0])).OfType<string>()];
        string? ranking = cautions.Length > 0 ? null : Ranking(runs, names);
        AtomicFile.WriteAllText(Files(target)[0], HtmlPage.Write(Build(runs, names, metrics, differences, cautions, ranking)));
        return new RunTable([.. columns.Take(3 + metrics.Length)],
            [.. cells.Select(row => (IReadOnlyList<string>)[.. row.Take(3 + metrics.Length).Select(c => c.Text)])])
        {
            Cautions = cautions,
            Ranking = ranking,
        };
    }

    /// <summary>That a run's data are not another's, with the classes that differ; null where they are, or where nothing says so.</summary>
    private static string? OtherData(RunData run, string name, RunData first, string firstName)
    {
        string own = run.Note("data", "SHA-256"), others = first.Note("data", "SHA-256");
        if (OtherClasses(run, name, first, firstName) is { } classes) return classes;
        if (own.Length == 0 || others.Length == 0 || own == others) return null;
        string named = run.Note("data", "name"), firstNamed = first.Note("data", "name");
        string what = named == firstNamed ? $"another {named} than {firstName}" : $"{named}, {firstName} on {firstNamed}";
        return $"{name} was trained on {what}. Their figures are of different tasks.";
    }

    /// <summary>The runs in the order of the first metric that all have, as a sentence.</summary>
    private static string? Ranking(RunData[] runs, string[] names)
    {
        if (Ranked.FirstOrDefault(metric => runs.All(run => Of(run, metric) is not null)) is not { } common) return null;
        QualityRow first = Of(runs[0], common)!;
        var ranked = runs.Zip(names, (run, name) => (Name: name, Row: Of(run, common)!)).OrderBy(r => first.Better == "higher" ? -r.Row.Value : r.Row.Value);
        return $"By {first.Title} ({first.Better} is better): {string.Join(", ", ranked.Select(r => $"{r.Name} {Figure.Short(r.Row.Value)}"))}.";

        static QualityRow? Of(RunData run, string metric) => run.Quality.FirstOrDefault(q => q.Metric == metric && q.Class.Length == 0 && q.Data.Length == 0
            && double.IsFinite(q.Value) && q.Better.Length > 0);
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

    private static Page Build(RunData[] runs, string[] names, string[] metrics, string[] differences, string[] cautions, string? ranking)
    {
        Block[] said = [.. cautions.Select(c => new NoteBlock(c, Warning: true)), .. ranking is null ? Array.Empty<Block>() : [new NoteBlock(ranking)]];
        var sections = new List<Section>
        {
            new("runs", "Runs", "", [.. said, new TableBlock("What was trained", ["Run", "System", "Data", "Steps", "Samples per second"],
                [.. runs.Select((r, i) => (IReadOnlyList<Cell>)[new Cell(names[i]), new Cell(r.Option("system")), new Cell(r.Note("data", "name")),
                Last(r, "step"), Last(r, "samples_per_second")])])]),
            new("options", "Options that differ", differences.Length == 0 ? "No option differs." : "No other option differs.",
                differences.Length == 0 ? [] : [new TableBlock("Options, a column a run", ["Option", .. names],
                [.. differences.Select(key => (IReadOnlyList<Cell>)[new Cell(key), .. runs.Select(r => Option(r, key))])])]),
        };
        if (metrics.Length > 0)
            sections.Add(new("metrics", "Metrics", cautions.Length > 0 ? "These runs were measured on different data, so no value is marked as the best." :
                "The best value of each metric is marked. Numbers are comparable where they were measured with the same sample sizes.",
                [new TableBlock("Metrics, a column a run", ["Metric", "Better", .. names],
                [.. metrics.Select(m => (IReadOnlyList<Cell>)[new Cell(m), new Cell(Better(runs, m)), .. Values(runs, m, cautions.Length == 0)])])]));
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

    private static string Better(RunData[] runs, string title) => runs.SelectMany(r => r.Quality).First(q => q.Class.Length == 0 && Title(q) == title).Better;

    /// <summary>The runs' values of a metric; of two or more that differ, the best are marked.</summary>
    private static Cell[] Values(RunData[] runs, string title, bool marks)
    {
        Cell[] cells = [.. runs.Select(run => Value(run, title))];
        double[] known = [.. cells.Select(cell => cell.Number).OfType<double>()];
        double? best = !marks || known.Distinct().Count() < 2 ? null
            : Better(runs, title) switch { "higher" => known.Max(), "lower" => known.Min(), _ => null };
        return [.. cells.Select(cell => cell with { IsBest = cell.Number is not null && cell.Number == best })];
    }

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
