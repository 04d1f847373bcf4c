namespace GanPipeline.Report.Sections;

/// <summary>The machine and the program that made the run.</summary>
internal static class EnvironmentSection
{
    public static Section? Of(RunData run)
    {
        Fact[] facts = [.. run.NotesOf("environment").Concat(run.NotesOf("data").Where(n => n.Name == DataSection.Checksum))
            .Select(n => new Fact(n.Name == DataSection.Checksum ? "SHA-256 of the data" : n.Name, Cell.Parse(n.Value)))];
        return facts.Length == 0 ? null : new Section("environment", "Environment", "", [new FactList(facts)]) { Folded = true };
    }
}
