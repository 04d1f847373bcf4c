using System.Globalization;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints what came of exporting.</summary>
internal static class ExportPrinter
{
    public static void Print(ExportResult result)
    {
        PrintChoice(result.Which, result.Checkpoint);
        string differences = string.Join(", ", result.Info.Verification.Select(c => FormattableString.Invariant($"{c.Difference:E1} at batch {c.Batch}")));
        double mean = result.Info.Verification[^1].Deviation;
        Screen.Say($"exported {result.Path}: {result.Bytes} bytes, opset {result.Opset}; operators, types and shapes checked; largest difference between " +
            $"ONNX Runtime and TorchSharp: {differences}; on average {mean.ToString("P3", CultureInfo.InvariantCulture)} of the spread");
    }

    public static void Print(ExportPlan plan)
    {
        PrintChoice(plan.Which, plan.Checkpoint);
        Screen.Say($"{plan.System} after {plan.Steps} steps; nothing was written, without --dry-run it goes to {plan.Out}.");
    }

    private static void PrintChoice(string which, string checkpoint)
    {
        if (which.Length > 0) Screen.Say($"going on with {which}: {checkpoint}");
    }
}
