namespace GanPipeline.Report.Sections;

/// <summary>Where the metrics of the page are defined.</summary>
internal static class DefinitionSection
{
    public static Section? Of(RunData run) => run.Meanings.Count == 0 ? null : new Section("definitions", "Where the metrics are defined", "",
        [new TableBlock("Metrics", ["Metric", "In files", "Source"],
        [.. run.Meanings.Select(m => (IReadOnlyList<Cell>)[new Cell(m.Title), new Cell(m.Metric), new Cell(m.Paper)])])])
    {
        Folded = true,
    };
}
