using System.Buffers;
using Spectre.Console;

namespace GanPipeline.Cli;

/// <summary>
/// What a person sees. Results go to standard output, progress to standard error, so that a pipeline can keep the one and drop the other. All that is printed
/// goes through here, since names and texts come from files that nobody vouches for, and must not steer the terminal.
/// </summary>
internal static class Screen
{
    private static readonly IAnsiConsole Error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Control characters (C0, DEL, C1), line and paragraph separators, and marks that turn the direction of writing.</summary>
    private static readonly SearchValues<char> Steering = SearchValues.Create([.. Characters(0, 0x1F), .. Characters(0x7F, 0x9F), '\u061C', '\u200E', '\u200F',
        .. Characters(0x2028, 0x202E), .. Characters(0x2066, 0x2069)]);

    /// <summary>True if somebody watches; otherwise progress is a line now and then.</summary>
    public static bool Interactive => !Console.IsErrorRedirected && Error.Profile.Capabilities.Interactive;

    public static IAnsiConsole Progress => Error;

    /// <summary>A progress bar hides it; to be called where a process ends in the middle of one.</summary>
    public static void ShowCursor()
    {
        if (Interactive) Error.Cursor.Show();
    }

    /// <summary>Whether what is written goes to standard output (<c>--out -</c>): everything that is said goes to standard error then.</summary>
    public static bool OutputIsData { get; set; }

    /// <summary>A line of results.</summary>
    public static void Say(string line) => (OutputIsData ? Console.Error : Console.Out).WriteLine(Visible(line));

    /// <summary>A line about what is going on.</summary>
    public static void Note(string line) => Console.Error.WriteLine(Visible(line));

    /// <summary>A table of results: a heading row and rows of cells, columns aligned, numbers to the right.</summary>
    public static void Table(string[] heading, IEnumerable<string[]> rows)
    {
        string[][] all = [.. rows.Prepend(heading).Select(r => Array.ConvertAll(r, Visible))]; // before the widths, in which escapes count
        int[] widths = [.. heading.Select((_, i) => all.Max(r => r[i].Length))];
        foreach (string[] row in all) Say("  " + string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))
            .TrimEnd());
    }

    /// <summary>
    /// The text with what a terminal would obey, or show in another order than it stands there, as an escape: <c>\u001B</c>. A line stays one line.
    /// </summary>
    private static string Visible(string text) => text.AsSpan().ContainsAny(Steering)
        ? string.Concat(text.Select(c => Steering.Contains(c) ? $"\\u{(int)c:X4}" : c.ToString())) : text;

    private static IEnumerable<char> Characters(int first, int last) => Enumerable.Range(first, last - first + 1).Select(c => (char)c);
}
