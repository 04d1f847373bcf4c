namespace GanPipeline.Cli.Printing;

/// <summary>Prints what was filled, and how far the guesses can be trusted.</summary>
internal static class ImputePrinter
{
    public static void Print(ImputeResult result)
    {
        if (Screen.Verbose) PrintColumns(result);
        Screen.Say($"Held-back cells, mean over the columns: {string.Join("; ", result.Measured.Select(m => Means(result, m)))}.");
        if (result.Choice.Count > 0 && Screen.Verbose)
        {
            string errors = string.Join(", ", result.Measured.Select(m => FormattableString.Invariant($"{m} {result.Choice[m]:F3}")));
            Screen.Say($"'{result.Method}' was chosen, by other cells that were held back: its errors there are the smallest, relative to those of the mean " +
                $"({errors}).");
        }
        if (result.Unfilled.Count > 0) Screen.Say($"Still without values, since they have none in any row or the schema leaves them out: " +
            $"{string.Join(", ", result.Unfilled)}.");
        Screen.Say($"{result.Filled.Values.Sum()} values filled by '{result.Method}'" +
            (result.Method == "gain" ? $" (the generator was best after {result.Steps} steps)" : "") + $": {Named(result.Files)}");
    }

    private static string Named(IReadOnlyList<string> files) => files.Count <= 2 ? string.Join(", ", files) : $"{files[0]} to {files[^1]}";

    private static void PrintColumns(ImputeResult result)
    {
        Screen.Say("How far guesses of cells that were held back are off (mean absolute error, of the column's range), or how many are right:");
        Screen.Table(["column", "filled", "held back", .. result.Measured], result.Columns.Select(c => (string[])
            [c.Name, $"{result.Filled.GetValueOrDefault(c.Name)}", $"{c.HeldBack}", .. result.Measured.Select(m => Figure(c.ByMethod[m], c.IsNumber))]));
        Screen.Say("");
    }

    private static string Means(ImputeResult result, string method)
    {
        (double error, double share) = result.Mean(method);
        string?[] figures = [double.IsNaN(error) ? null : $"error {Figure(error, true)}", double.IsNaN(share) ? null : $"{Figure(share, false)} right"];
        return $"{method}: {string.Join(", ", figures.Where(f => f is not null))}";
    }

    private static string Figure(double value, bool isNumber) => double.IsNaN(value) ? "–" : isNumber ? FormattableString.Invariant($"{value:F4}")
        : FormattableString.Invariant($"{value:P1}");
}
