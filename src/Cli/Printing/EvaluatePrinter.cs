using System.Globalization;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints metrics: what belongs to the whole, a row each.</summary>
internal static class EvaluatePrinter
{
    public static void Print(EvaluateResult result)
    {
        Print(result.Metrics);
        if (result.Out is not null) Screen.Say($"wrote {result.Metrics.Count} numbers: {result.Out}");
    }

    public static void Print(IReadOnlyList<MetricResult> results)
    {
        Screen.Say("");
        Screen.Table(["metric", "value", "95 % interval", "better", "measured on"], results.Where(r => r.Class.Length == 0).Select(r => new[]
        {
            r.Data.Length == 0 ? r.Metric : $"{r.Metric} ({r.Data})", Number(r.Value), r.Low is null ? "" : $"{Number(r.Low.Value)} to {Number(r.High!.Value)}",
            r.Better switch { Better.Higher => "higher", Better.Lower => "lower", _ => "" }, r.Sample,
        }));
        int parts = results.Count(r => r.Class.Length > 0);
        if (parts > 0) Screen.Say($"  and {parts} numbers of single classes or columns, in the file");
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("G4", CultureInfo.InvariantCulture) : "-";
}
