using System.CommandLine;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Commands;

/// <summary>The options of every command: how it speaks.</summary>
internal static class GlobalOptions
{
    private static readonly Option<bool> Json = Options.Flag("--json",
        "Give results as JSON, one object a line, on standard output (docs/json.md).");
    private static readonly Option<bool> Quiet = Options.Flag("--quiet", "Say nothing of what is going on; results, warnings and errors remain.");
    private static readonly Option<bool> Verbose = Options.Flag("--verbose", "Show all figures and steps, and not what they come to alone.");
    private static readonly Option<string?> Log = Options.Text("--log", "FILE", "Also add all that is said to this file, each line with its time.");

    public static void AddTo(RootCommand root)
    {
        foreach (Option option in new Option[] { Verbose, Json, Quiet, Log })
        {
            option.Recursive = true;
            root.Add(option);
        }
    }

    /// <summary>Has the screen speak so.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Apply(ParseResult parsed)
    {
        (Screen.Verbose, Screen.Json, Screen.Quiet) = (parsed.GetValue(Verbose), parsed.GetValue(Json), parsed.GetValue(Quiet));
        if (parsed.GetValue(Log) is not { } path) return;
        try { Screen.Log = new StreamWriter(path, append: true) { AutoFlush = true }; }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UserErrorException.Usage($"--log {path}: it cannot be written ({e.Message.TrimEnd('.')}); name another file.");
        }
    }
}
