using GanPipeline.Stages;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints the runs of a sweep.</summary>
internal static class SweepPrinter
{
    public static void Print(SweepResult result) => Screen.Say($"{result.Finished} of {result.Runs.Count} runs have finished: {result.Table}");

    public static void Print(SweepDryRun plan)
    {
        foreach (SweptRun run in plan.Runs) Screen.Say($"{run.Name}: {SweepTable.Word(run.Status)}");
        Screen.Say($"{plan.Runs.Count} runs, {plan.Parallel} at once. Nothing was written; without --dry-run they go to {plan.Out}.");
    }
}
