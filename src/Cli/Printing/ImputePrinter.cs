namespace GanPipeline.Cli.Printing;

/// <summary>Prints what was filled, and how far the guesses can be trusted.</summary>
internal static class ImputePrinter
{
    public static void Print(ImputeResult result, string method)
    {
        Screen.Say("How far guesses of cells that were held back are off (root mean square, in the column's standard deviations), or how many are right:");
        Screen.Table(["column", "filled", "held back", .. ImputeResult.Methods], result.Columns.Select(c => (string[])
            [c.Name, $"{result.Filled.GetValueOrDefault(c.Name)}", $"{c.HeldBack}", .. ImputeResult.Methods.Select(m => Figure(c.ByMethod[m], c.IsNumber))]));
        Screen.Say("");
        Screen.Say($"Mean over the columns: {string.Join("; ", ImputeResult.Methods.Select(m => Means(result, m)))}. " +
            (result.Best == "gain" ? "The generator guesses best." : $"The generator does not help here: use --method {result.Best}."));
        if (result.Unfilled.Count > 0) Screen.Say($"Still without values, since they have none in any row or the schema leaves them out: " +
            $"{string.Join(", ", result.Unfilled)}.");
        Screen.Say($"{result.Filled.Values.Sum()} values filled by '{method}' (the generator was best after {result.Steps} steps): " +
            $"{string.Join(", ", result.Files)}");
    }

    private static string Means(ImputeResult result, string method)
    {
        (double error, double share) = result.Mean(method);
        string?[] figures = [double.IsNaN(error) ? null : $"error {Figure(error, true)}", double.IsNaN(share) ? null : $"{Figure(share, false)} right"];
        return $"{method}: {string.Join(", ", figures.Where(f => f is not null))}";
    }

    private static string Figure(double value, bool isNumber) => double.IsNaN(value) ? "–" : isNumber ? FormattableString.Invariant($"{value:F3}")
        : FormattableString.Invariant($"{value:P1}");
}
