namespace GanPipeline.Report.Sections;

/// <summary>The commands that make the run again.</summary>
internal static class ReproduceSection
{
    public static Section? Of(RunData run)
    {
        string command = run.Note("run", "command"), again = run.Note("run", "again"), page = "gan report " + run.Name;
        if (again.Length == 0) return null;
        return new Section("reproduce", "How to reproduce", "On the CPU, the same options, data and program give the same weights to the bit.",
        [
            new CodeBlock("The command that made this run", command),
            new CodeBlock("The same run from this folder's own options, whatever has become of the preset", again),
            new CodeBlock("This page, made again from the folder's files", page),
        ])
        {
            Folded = true,
        };
    }
}
