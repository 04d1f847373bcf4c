namespace GanPipeline.Report.Sections;

/// <summary>Time, memory and speed of each stage.</summary>
internal static class CostSection
{
    public static Section? Of(RunData run)
    {
        var blocks = new List<Block>();
        if (run.Cost is { Rows.Count: > 0 } cost)
            blocks.Add(new TableBlock("Time, speed and largest memory up to the end of each stage", [.. cost.Columns.Select(Words.Of)],
                [.. cost.Rows.Select(r => (IReadOnlyList<Cell>)[.. r.Select(Cell.Parse)])]));
        Fact[] facts = [.. run.NotesOf("cost").Select(n => new Fact(n.Name, Cell.Parse(n.Value)))];
        if (facts.Length > 0) blocks.Add(new FactList(facts));
        return blocks.Count == 0 ? null : new Section("cost", "Cost", "", blocks) { Folded = true };
    }
}
