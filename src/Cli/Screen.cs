using System.Buffers;

namespace GanPipeline.Cli;

/// <summary>
/// What a person sees. Results go to standard output, progress to standard error, so that a pipeline can keep the one and drop the other. All that is printed
/// goes through here, since names and texts come from files that nobody vouches for, and must not steer the terminal.
/// </summary>
internal static class Screen
{
    private const int UnknownWidth = 80;

    /// <summary>Control characters (C0, DEL, C1), line and paragraph separators, and marks that turn the direction of writing.</summary>
    private static readonly SearchValues<char> Steering = SearchValues.Create([.. Characters(0, 0x1F), .. Characters(0x7F, 0x9F), '\u061C', '\u200E', '\u200F',
        .. Characters(0x2028, 0x202E), .. Characters(0x2066, 0x2069)]);

    private static readonly Lock Guard = new();
    private static string _status = "";

    /// <summary>True if somebody watches; otherwise progress is a line now and then.</summary>
    public static bool Interactive { get; } = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Whether what is written goes to standard output (<c>--out -</c>): everything that is said goes to standard error then.</summary>
    public static bool OutputIsData { get; set; }

    /// <summary>Whether results are objects of JSON and not words (<c>--json</c>).</summary>
    public static bool Json { get; set; }

    /// <summary>Whether nothing is said of what is going on (<c>--quiet</c>); warnings and errors are.</summary>
    public static bool Quiet { get; set; }

    /// <summary>Whether all figures are shown, and not what they come to alone (<c>--verbose</c>).</summary>
    public static bool Verbose { get; set; }

    /// <summary>Also gets every line, with its time (<c>--log</c>); null for nobody.</summary>
    public static TextWriter? Log { get; set; }

    /// <summary>A line of results.</summary>
    public static void Say(string line) => WriteLine(Json ? null : Results, line);

    /// <summary>A result as an object of JSON, which is one line.</summary>
    public static void SayObject(string json) => WriteLine(Results, json, wraps: false);

    /// <summary>A line about what is going on.</summary>
    public static void Note(string line) => WriteLine(Quiet ? null : Console.Error, line);

    /// <summary>A line about what is wrong.</summary>
    public static void Warn(string line) => WriteLine(Console.Error, line);

    /// <summary>Where somebody watches, a last line that the next one takes the place of; an empty one removes it.</summary>
    public static void Status(string line)
    {
        if (!Interactive || Quiet) return;
        lock (Guard)
        {
            Erase();
            string visible = Visible(line);
            _status = visible[..Math.Min(visible.Length, Width - 1)]; // a full line would begin another
            Console.Error.Write(_status);
        }
    }

    /// <summary>A table of results: a heading row and rows of cells, columns aligned, numbers to the right.</summary>
    public static void Table(string[] heading, IEnumerable<string[]> rows)
    {
        string[][] all = [.. rows.Prepend(heading).Select(r => Array.ConvertAll(r, Visible))]; // before the widths, in which escapes count
        int[] widths = [.. heading.Select((_, i) => all.Max(r => r[i].Length))];
        foreach (string[] row in all) Say("  " + string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))
            .TrimEnd());
    }

    /// <summary>A table of texts that is no wider than the usual screen: one column gets what the others leave, and longer texts are cut.</summary>
    /// <param name="heading">The heading.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="wide">The column that gets what is left.</param>
    public static void FittedTable(string[] heading, IEnumerable<string[]> rows, int wide)
    {
        const int Widest = 16, Between = 2;
        string[][] all = [.. rows.Prepend(heading).Select(r => Array.ConvertAll(r, Visible))];
        int[] widths = [.. heading.Select((_, i) => Math.Min(Widest, all.Max(r => r[i].Length)))];
        int left = UnknownWidth - Between * heading.Length - widths.Sum() + widths[wide];
        widths[wide] = Math.Min(left, all.Max(r => r[wide].Length));
        foreach (string[] row in all)
            Say(string.Concat(row.Select((cell, i) => new string(' ', Between) + Cut(cell, widths[i]).PadRight(widths[i]))).TrimEnd());

        static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
    }

    private static TextWriter Results => OutputIsData ? Console.Error : Console.Out;

    private static int Width
    {
        get
        {
            try { return Console.WindowWidth is > 1 and var width ? width : UnknownWidth; }
            catch (IOException) { return UnknownWidth; }
        }
    }

    private static void WriteLine(TextWriter? to, string line, bool wraps = true)
    {
        lock (Guard)
        {
            string visible = Visible(line);
            Log?.WriteLine($"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ} {visible}");
            if (to is null) return;
            string status = _status;
            Erase();
            bool toTerminal = to == Console.Error ? !Console.IsErrorRedirected : !Console.IsOutputRedirected;
            foreach (string part in wraps && toTerminal ? Wrapped(visible, Width) : [visible]) to.WriteLine(part);
            if (status.Length == 0) return;
            Console.Error.Write(status);
            _status = status;
        }
    }

    private static void Erase()
    {
        if (_status.Length == 0) return;
        Console.Error.Write("\r\u001b[K"); // to the end of the line, however long what stands there
        _status = "";
    }

    /// <summary>The lines of a text that is longer than a line: broken between words, as far in as it begins and a little more.</summary>
    internal static IEnumerable<string> Wrapped(string text, int width)
    {
        string further = new(' ', text.Length - text.TrimStart(' ').Length + 2);
        while (text.Length > width)
        {
            int begins = text.Length - text.TrimStart(' ').Length, at = text.LastIndexOf(' ', width);
            if (at <= begins) at = text.IndexOf(' ', Math.Max(begins, width)); // a word that is longer than a line, such as a path, is left whole
            if (at < 0) break;
            yield return text[..at].TrimEnd(' ');
            text = further + text[at..].TrimStart(' ');
        }
        yield return text;
    }

    /// <summary>
    /// The text with what a terminal would obey, or show in another order than it stands there, as an escape: <c>\u001B</c>. A line stays one line.
    /// </summary>
    private static string Visible(string text) => text.AsSpan().ContainsAny(Steering)
        ? string.Concat(text.Select(c => Steering.Contains(c) ? $"\\u{(int)c:X4}" : c.ToString())) : text;

    private static IEnumerable<char> Characters(int first, int last) => Enumerable.Range(first, last - first + 1).Select(c => (char)c);
}
