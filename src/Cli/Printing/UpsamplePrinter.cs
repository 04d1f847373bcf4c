namespace GanPipeline.Cli.Printing;

/// <summary>Prints what up-sampling added.</summary>
internal static class UpsamplePrinter
{
    /// <summary>Prints it.</summary>
    /// <param name="result">What was added.</param>
    /// <param name="isPart">Whether a run did it, which has its own last lines.</param>
    public static void Print(UpsampleResult result, bool isPart)
    {
        if (Screen.Verbose || !isPart)
            Screen.Table(["class", "rows before", "rows after"], result.Classes.Select(c => new[] { c.Class, $"{c.Before}", $"{c.After}" }));
        if (result.Unlabelled > 0) Screen.Say($"{result.Unlabelled} rows have no class; they are kept as they are.");
        if (result.Added > 0) foreach (UngeneratedColumn column in result.Ungenerated) Screen.Say(Sentence(column, result.Added));
        Screen.Say(result.IsDryRun ? $"Nothing was written; without --dry-run it goes to {result.Path}."
            : $"added {result.Added} generated rows to {result.Rows}: {result.Path}");
    }

    private static string Sentence(UngeneratedColumn column, long added)
    {
        string name = column.Name.Length == 0 ? "the first column" : $"column '{column.Name}'", rows = added == 1 ? "the added row" : $"the {added} added rows";
        if (column.First is { } first)
            return $"{name} is numbered on in {rows}: {(first == column.Last ? first : $"{first} to {column.Last}")}.";
        return $"{name} is empty in {rows}: " + (column.HasNoNext ? "its IDs are neither whole numbers nor texts of one beginning and a number, so that " +
            "--fill-ids cannot number them on." : $"the generator was not trained on it ({Reason(column.Reason)}).");
    }

    private static string Reason(string reason) => reason switch
    {
        "id" => "an ID; --fill-ids numbers it on",
        "index" => "an index; --fill-ids numbers it on",
        "text" => "free text",
        _ => "dropped as asked",
    };
}
