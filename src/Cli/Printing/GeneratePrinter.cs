using GanPipeline.Stages;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints what was generated.</summary>
internal static class GeneratePrinter
{
    public static void Print(GenerateResult result) => Screen.Say(result.Parts == 1
        ? $"generated {result.Total} samples: {string.Join(", ", result.Files)}"
        : $"generated {result.Count} of {result.Total} samples, part {result.Part} of {result.Parts}: {string.Join(", ", result.Files)}");

    public static void Print(GeneratePlan plan) => Screen.Say($"{plan.Total} samples of {plan.System} [{string.Join(", ", plan.SampleShape)}]; nothing was " +
        $"written, without --dry-run they go to {string.Join(", ", plan.Files)}.");
}
