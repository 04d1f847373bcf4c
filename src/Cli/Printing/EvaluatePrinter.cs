using System.Globalization;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints metrics: what belongs to the whole, a row each.</summary>
internal static class EvaluatePrinter
{
    public static void Print(EvaluateResult result)
    {
        Print(result.Metrics, result.Out);
        if (result.Out is not null) Screen.Say($"wrote {result.Metrics.Count} numbers: {result.Out}");
    }

    /// <summary>Prints metrics of the whole.</summary>
    /// <param name="results">All metrics.</param>
    /// <param name="file">The file that has all of them; null where there is none.</param>
    public static void Print(IReadOnlyList<MetricResult> results, string? file)
    {
        Screen.Say("");
        string[] more = Screen.Verbose ? ["measured on"] : [];
        Screen.Table(["metric", "value", "95 % interval", "better", .. more], results.Where(r => r.Class.Length == 0).Select(r => (string[])
        [
            r.Data.Length == 0 ? r.Metric : $"{r.Metric} ({r.Data})", Number(r.Value), r.Low is null ? "" : $"{Number(r.Low.Value)} to {Number(r.High!.Value)}",
            r.Better switch { Better.Higher => "higher", Better.Lower => "lower", _ => "" }, .. Screen.Verbose ? [r.Sample] : Array.Empty<string>(),
        ]));
        int parts = results.Count(r => r.Class.Length > 0);
        if (parts > 0) Screen.Say($"  and {parts} numbers of single classes or columns: " +
            (file is null ? "--out FILE.csv has them written" : file));
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("G4", CultureInfo.InvariantCulture) : "-";
}
