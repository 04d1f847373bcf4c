namespace GanPipeline.Cli.Printing;

/// <summary>Prints what up-sampling added.</summary>
internal static class UpsamplePrinter
{
    public static void Print(UpsampleResult result)
    {
        Screen.Table(["class", "rows before", "rows after"], result.Classes.Select(c => new[] { c.Class, $"{c.Before}", $"{c.After}" }));
        if (result.Unlabelled > 0) Screen.Say($"{result.Unlabelled} rows have no class; they are kept as they are.");
        Screen.Say(result.IsDryRun ? $"Nothing was written; without --dry-run it goes to {result.Path}."
            : $"added {result.Added} generated rows to {result.Rows}: {result.Path}");
    }
}
