namespace GanPipeline.Report.Sections;

/// <summary>What it was trained on, and how many rows of each class there are before and after up-sampling.</summary>
internal static class DataSection
{
    /// <summary>Shown with the environment, for those who check it.</summary>
    public const string Checksum = "SHA-256";

    private const int MostBars = 40, MostNotes = 20;

    public static Section? Of(RunData run)
    {
        var blocks = new List<Block>();
        Fact[] facts = [.. run.NotesOf("data").Where(n => n.Name != Checksum).Select(n => new Fact(Words.Of(n.Name), Cell.Parse(n.Value)))];
        if (facts.Length > 0) blocks.Add(new FactList(facts));
        blocks.AddRange(run.NotesOf("data notes").Take(MostNotes).Select(n => new NoteBlock(n.Value)));
        if (run.Classes.Count > 0)
        {
            bool after = run.Classes.Any(c => double.IsFinite(c.After));
            string[] groups = after ? ["before up-sampling", "after"] : ["rows"];
            var table = new TableBlock("Rows of each class", ["Class", .. after ? ["Before", "After"] : new[] { "Rows" }],
                [.. run.Classes.Select(c => (IReadOnlyList<Cell>)[new Cell(c.Class), Cell.Of(c.Before), .. after ? [Cell.Of(c.After)] : Array.Empty<Cell>()])]);
            Bar[][] bars = [[.. run.Classes.Select(c => new Bar(c.Before))], [.. run.Classes.Select(c => new Bar(c.After))]];
            blocks.Add(run.Classes.Count > MostBars ? table : new ChartBlock(new BarChart("Rows of each class",
                string.Join("; ", run.Classes.Select(c => $"{c.Class}: {Figure.Short(c.Before)}{(after ? $", then {Figure.Short(c.After)}" : "")}")) + ".",
                [.. run.Classes.Select(c => c.Class)], groups, after ? bars : bars[..1]), "class-balance")
            {
                Numbers = table,
            });
        }
        return blocks.Count == 0 ? null : new Section("data", "Data and class balance", "", blocks);
    }
}
