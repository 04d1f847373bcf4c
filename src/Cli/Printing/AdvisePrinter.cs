using System.Globalization;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints how methods for rare classes compare.</summary>
internal static class AdvisePrinter
{
    public static void Print(AdviseResult result)
    {
        Screen.Table(["method", "macro-F1", "least to most", "balanced accuracy", "least to most"], result.Methods.Select(m => new[]
            { m.Name, Mean(m.MacroF1), Range(m.MacroF1), Mean(m.BalancedAccuracy), Range(m.BalancedAccuracy) }));
        Screen.Say($"Scored on {result.Folds} folds of {result.Rows} real rows that neither the classifier nor the generator has seen.");
        Screen.Say(result.Advice);
    }

    private static string Mean(IReadOnlyList<double> values) => values.Average().ToString("F3", CultureInfo.InvariantCulture);

    private static string Range(IReadOnlyList<double> values) => FormattableString.Invariant($"{values.Min():F3} to {values.Max():F3}");
}
