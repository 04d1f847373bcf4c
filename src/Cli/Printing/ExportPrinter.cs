using GanPipeline.Stages;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints what came of exporting.</summary>
internal static class ExportPrinter
{
    public static void Print(ExportResult result)
    {
        PrintChoice(result.Which, result.Checkpoint);
        Screen.Say($"exported {result.Path}: {result.Bytes} bytes, opset {result.Opset}; operators, types and shapes checked; ONNX Runtime beside " +
            $"TorchSharp: {VerificationWords.Of(result.Info)}; {VerificationWords.Mean(result.Info)}");
        if (result.Info.StoredRows > 0) Screen.Say($"It holds {VerificationWords.StoredRows(result.Info)}.");
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
