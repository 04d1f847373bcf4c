using Spectre.Console;

namespace GanPipeline.Cli.Stages;

/// <summary>What a person sees. Results go to standard output, progress to standard error, so that a pipeline can keep the one and drop the other.</summary>
internal static class Screen
{
    private static readonly IAnsiConsole Error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>True if somebody watches; otherwise progress is a line now and then.</summary>
    public static bool Interactive => !Console.IsErrorRedirected && Error.Profile.Capabilities.Interactive;

    public static IAnsiConsole Progress => Error;

    /// <summary>Whether what is written goes to standard output (<c>--out -</c>): everything that is said goes to standard error then.</summary>
    public static bool OutputIsData { get; set; }

    /// <summary>A line of results.</summary>
    public static void Say(string line) => (OutputIsData ? Console.Error : Console.Out).WriteLine(line);

    /// <summary>A line about what is going on.</summary>
    public static void Note(string line) => Console.Error.WriteLine(line);

    /// <summary>A table of results: a heading row and rows of cells, columns aligned, numbers to the right.</summary>
    public static void Table(string[] heading, IEnumerable<string[]> rows)
    {
        string[][] all = [heading, .. rows];
        int[] widths = [.. heading.Select((_, i) => all.Max(r => r[i].Length))];
        foreach (string[] row in all) Say("  " + string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))
            .TrimEnd());
    }
}
