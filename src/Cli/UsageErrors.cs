using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using GanPipeline.Primitives;

namespace GanPipeline.Cli;

/// <summary>What is wrong with a command line before any command runs.</summary>
internal static partial class UsageErrors
{
    /// <summary>One line; null where nothing is wrong.</summary>
    public static string? In(ParseResult parsed)
    {
        IEnumerable<string> errors = parsed.Errors.Count > 0 ? parsed.Errors.Select(e => InWords(e.Message))
            : parsed.CommandResult.Children.Where(IsEmpty).Select(c => $"{Name(c)}: it is empty; give a value, or leave it out.");
        string text = string.Join(" ", errors), command = parsed.CommandResult.Command is RootCommand ? "gan" : $"gan {parsed.CommandResult.Command.Name}";
        return text.Length == 0 ? null : $"{text} See '{command} --help'.";
    }

    /// <summary>Has what <paramref name="check"/> refuses count as wrong usage, where all that it looks at comes from the command line.</summary>
    public static void Of(Action check)
    {
        try { check(); }
        catch (UserErrorException e) { throw UserErrorException.Usage(e.Message); }
    }

    /// <summary>A label alone may be empty: it says that there is none.</summary>
    private static bool IsEmpty(SymbolResult given) => given.Tokens.Any(t => t.Value.Length == 0) && given is not OptionResult { Option.Name: "--label" };

    private static string Name(SymbolResult given) => given switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult argument => argument.Argument.Name,
        _ => "the command line",
    };

    /// <summary>The parser speaks of types of .NET.</summary>
    private static string InWords(string message) =>
        NoNumber().Match(message) is { Success: true } match ? $"{match.Groups["option"].Value} {match.Groups["text"].Value}: " +
            (match.Groups["type"].Value.Contains("Double", StringComparison.Ordinal) ? "a number is needed."
                : "a whole number in the range of this option is needed.")
            : message;

    [GeneratedRegex("^Cannot parse argument '(?<text>.*)' for (?:option|command) '(?<option>[^']*)' as expected type '(?<type>.*)'\\.$",
        RegexOptions.Singleline)]
    private static partial Regex NoNumber();
}
