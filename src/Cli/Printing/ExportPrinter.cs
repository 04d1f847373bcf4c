using GanPipeline.Stages;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints what came of exporting.</summary>
internal static class ExportPrinter
{
    /// <summary>Prints it.</summary>
    /// <param name="result">What was exported.</param>
    /// <param name="isPart">Whether a run exported it, whose last lines say what the file holds.</param>
    public static void Print(ExportResult result, bool isPart)
    {
        if (Screen.Verbose || !isPart) PrintChoice(result.Which, result.Checkpoint);
        Screen.Say(!Screen.Verbose ? $"exported {result.Path}: {Bytes(result.Bytes)}, compared with the trained network"
            : $"exported {result.Path}: {result.Bytes} bytes, opset {result.Opset}; operators, types and shapes checked; ONNX Runtime beside " +
                $"TorchSharp: {VerificationWords.Of(result.Info)}; {VerificationWords.Mean(result.Info)}");
        if (result.Info.StoredRows > 0 && !isPart) Screen.Say($"It holds {VerificationWords.StoredRows(result.Info)}.");
    }

    private static string Bytes(long bytes) => bytes < 100_000 ? FormattableString.Invariant($"{bytes / 1e3:0.#} kB")
        : FormattableString.Invariant($"{bytes / 1e6:0.#} MB");

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
