namespace GanPipeline.Report.Sections;

/// <summary>The metrics of the generated samples as a whole, and beside them what they could be at best.</summary>
internal static class QualitySection
{
    private const string Validity = "valid-values", Real = "Real";
    private const int FewestOfColumn = 2; // of the metrics; fewer get a row each

    public static Section? Of(RunData run)
    {
        Block[] blocks = [.. Checks(run), .. Scores(run)];
        return blocks.Length == 0 ? null : new Section("quality", "Quality", blocks.OfType<TableBlock>().Any(b => b.Columns.Contains(Real))
            ? "Under \u201cReal\u201d stands what real samples have in the place of generated ones: no generator should be expected to do better."
            : "", blocks);
    }

    /// <summary>What must be 100 % whatever the quality: a column that fails stands by its name.</summary>
    private static IEnumerable<Block> Checks(RunData run)
    {
        if (run.Whole(Validity) is not { } whole) yield break;
        QualityRow[] failed = [.. run.Quality.Where(q => q is { Metric: Validity, Data: "", Class.Length: > 0, Value: < 1 }).OrderBy(q => q.Value)];
        yield return new TableBlock("Checks that every row should pass: a known category, a number within the real range", ["Values of", "Valid"],
            [.. failed.Prepend(whole).Select(q => (IReadOnlyList<Cell>)[new Cell(q.Class.Length == 0 ? "all columns" : q.Class), Cell.OfShare(q.Value)])]);
    }

    private static IEnumerable<Block> Scores(RunData run)
    {
        string[] apart = [Validity, .. MethodFindings.Metrics];
        QualityRow[] rows = [.. run.Quality.Where(q => q.Data.Length == 0 && q.Class.Length == 0 && !apart.Contains(q.Metric))],
            others = [.. run.Quality.Where(q => q.Class.Length == 0 && q.Metric != Validity && IsYardstick(run, q))];
        if (rows.Length == 0) yield break;
        string[] data = [.. others.Select(o => o.Data).Distinct()], ceilings = [.. data.Where(Ceiling.Names.Contains)],
            rest = [.. data.Except(ceilings).Where(d => others.Count(o => o.Data == d) >= FewestOfColumn)];
        bool better = rows.Any(r => r.Better.Length > 0);
        string[] columns = ["Metric", "Generated", .. ceilings.Length > 0 ? [Real] : Array.Empty<string>(), .. rest,
            .. better ? ["Better"] : Array.Empty<string>()];
        // What was measured of other data alone stands in a row of its own.
        QualityRow[] all = [.. rows, .. others.Where(o => rows.All(r => r.Metric != o.Metric)).DistinctBy(o => o.Metric)];
        QualityRow[] single = [.. others.Where(o => !ceilings.Contains(o.Data) && !rest.Contains(o.Data))];
        var table = new TableBlock("Metrics, with 95 % intervals", columns, [.. all.Select(r => (IReadOnlyList<Cell>)
        [
            new Cell(r.Title), Of(r.Metric, [""]), .. ceilings.Length > 0 ? [Of(r.Metric, ceilings)] : Array.Empty<Cell>(),
            .. rest.Select(d => Of(r.Metric, [d])), .. better ? [new Cell(r.Better)] : Array.Empty<Cell>(),
        ]), .. single.Select(o => (IReadOnlyList<Cell>)
        [
            new Cell($"{o.Title}: {o.Data}"), Cell.Of(o), .. Enumerable.Repeat(new Cell(""), columns.Length - 2),
        ])]);
        var samples = new TableBlock("What each was measured on", ["Metric", "Data", "Sample"], [.. rows.Concat(others).Where(r => r.Sample.Length > 0)
            .Select(r => (IReadOnlyList<Cell>)[new Cell(r.Title), new Cell(r.Data.Length > 0 ? r.Data : "generated"), new Cell(r.Sample)])]);
        yield return table;
        if (samples.Rows.Count > 0) yield return new FoldBlock("What each was measured on", [samples]);

        Cell Of(string metric, IReadOnlyList<string> of) =>
            run.Quality.FirstOrDefault(q => q.Metric == metric && of.Contains(q.Data) && q.Class.Length == 0) is { } row ? Cell.Of(row) : new Cell("");
    }

    /// <summary>Whether other data were measured only to know what a metric's values mean.</summary>
    public static bool IsYardstick(RunData run, QualityRow row) => row.Data.Length > 0 && !BaselineSection.Has(run, row);

    /// <summary>A metric's name, and the class or column that it was measured on.</summary>
    public static string Title(QualityRow row) => row.Title + (row.Class.Length > 0 ? $": {row.Class}" : "");
}
