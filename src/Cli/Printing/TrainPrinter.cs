using GanPipeline.Stages;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints what came of training.</summary>
internal static class TrainPrinter
{
    public static void Print(TrainResult result) => Screen.Say(result.WasFinished ? $"{result.Folder} is finished: everything that this command makes is there."
        : $"trained {result.Steps} steps: {result.Checkpoint}");

    public static void Print(TrainPlan plan)
    {
        Screen.Say($"{plan.System}: {plan.Samples} samples of {plan.DataName} [{string.Join(", ", plan.SampleShape)}], {plan.Steps} steps in " +
            $"{plan.Epochs} epochs on {plan.Device}.");
        if (plan.Classes.Count > 0) Screen.Table(["class", "samples"], plan.Classes.Select(c => new[] { c.Name, $"{c.Samples}" }));
        Screen.Say($"Nothing was written; without --dry-run it goes to {plan.Out}.");
    }
}
