namespace GanPipeline.Cli.Printing;

/// <summary>Prints runs side by side.</summary>
internal static class ComparePrinter
{
    public static void Print(CompareResult result)
    {
        // A row a figure and a column a run: there are more figures than fit side by side.
        Screen.Table(["", .. result.Rows.Select(r => r[0])],
            result.Columns.Skip(1).Select((name, i) => (string[])[name, .. result.Rows.Select(r => r[i + 1])]));
        foreach (string caution in result.Cautions) Screen.Warn($"warning: {caution}");
        Screen.Say($"wrote {result.Files[0]} and {Path.GetFileName(result.Files[1])}");
    }
}
