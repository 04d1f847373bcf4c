using System.Globalization;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints what a table is and what training on it would take.</summary>
internal static class DescribePrinter
{
    private const int MostClasses = 20;

    /// <summary>Prints it.</summary>
    /// <param name="result">What the table is.</param>
    /// <param name="notes">Whether notes and classes are printed, too, which training says by itself.</param>
    public static void Print(DescribeResult result, bool notes)
    {
        PrintColumns(result);
        if (notes) PrintNotes(result);
        PrintTraining(result);
    }

    private static void PrintNotes(DescribeResult result)
    {
        foreach (string note in result.Notes) Screen.Say(note);
        if (result.Classes.Count == 0) return;
        Screen.Say("");
        Screen.Table(["class", "rows"], result.Classes.Take(MostClasses).Select(c => new[] { c.Name, $"{c.Samples}" }));
        if (result.Classes.Count > MostClasses) Screen.Say($"  and {result.Classes.Count - MostClasses} more");
    }

    private static void PrintColumns(DescribeResult result)
    {
        Screen.Say($"{result.Table}: {result.Rows} rows, {result.Columns.Count} columns");
        Screen.FittedTable(["column", "type", "values", "missing", "noticed"], result.Columns.Select(c => new[]
            { c.Name.Length == 0 ? "(no name)" : c.Name, c.Type, c.Values, c.MissingShare == 0 ? "" : Percent(c.MissingShare), c.Noticed }), wide: 2);
    }

    private static void PrintTraining(DescribeResult result)
    {
        Screen.Say("");
        if (result.Problems.Count == 0)
            Screen.Say($"{result.Width} numbers a row; {result.Steps} steps of {result.Batch} rows take {About(result.TrainingTime)} here.");
        foreach (string problem in result.Problems) Screen.Say(problem);
    }

    private static string Percent(double share) => share < 0.001 ? "<0.1%" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0}%");

    /// <summary>As rough as an estimate is.</summary>
    private static string About(TimeSpan time)
    {
        (double value, string unit) = time.TotalSeconds < 90 ? (time.TotalSeconds, "s") : time.TotalMinutes < 90 ? (time.TotalMinutes, "min")
            : (time.TotalHours, "h");
        return string.Create(CultureInfo.InvariantCulture, $"about {Math.Max(1, Rough(value))} {unit}");
    }

    private static double Rough(double value) => value < 10 ? Math.Round(value) : 5 * Math.Round(value / 5);
}
