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
        Command command = parsed.CommandResult.Command;
        if (UnknownOption(parsed) is { } option) return $"{NoOption(option, command)} {SeeHelp(command)}";
        if (parsed.Errors.Count > 0 && command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..]) return NoCommand(word, command).Message;
        IEnumerable<string> errors = parsed.Errors.Count > 0 ? parsed.Errors.Select(e => InWords(e.Message))
            : parsed.CommandResult.Children.Where(IsEmpty).Select(c => $"{Name(c)}: it is empty; give a value, or leave it out.");
        string text = string.Join(" ", errors);
        return text.Length == 0 ? null : $"{text} {SeeHelp(command)}";
    }

    /// <summary>That a command has no command of that name.</summary>
    public static UserErrorException NoCommand(string word, Command within) => UserErrorException.Usage(
        $"{word}: '{FullName(within)}' has no such command{Nearest.EndHint(word, within.Subcommands.Select(c => c.Name))} {SeeHelp(within)}");

    /// <summary>Has what <paramref name="check"/> refuses count as wrong usage, where all that it looks at comes from the command line.</summary>
    public static void Of(Action check)
    {
        try { check(); }
        catch (UserErrorException e) { throw UserErrorException.Usage(e.Message); }
    }

    /// <summary>
    /// The first word that looks like an option and is none. The parser takes one for an argument where there is room for it, and what is wrong would then be
    /// said of that.
    /// </summary>
    private static string? UnknownOption(ParseResult parsed)
    {
        Token[] free = [.. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens)];
        return parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash)
            .Where(t => t.Type == TokenType.Argument && LooksLikeOption(t.Value))
            .FirstOrDefault(t => free.Contains(t) || parsed.UnmatchedTokens.Contains(t.Value))?.Value;
    }

    private static bool LooksLikeOption(string word) => word.Length > 1 && word[0] == '-' && (word[1] == '-' || char.IsAsciiLetter(word[1]));

    private static string NoOption(string given, Command command)
    {
        string name = given.Split('=')[0];
        IEnumerable<string> known = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(p => p.Options).Where(o => o.Recursive))
            .Select(o => o.Name);
        return $"{name}: '{FullName(command)}' has no such option{Nearest.EndHint(name, known)}";
    }

    private static string SeeHelp(Command command) => $"See '{FullName(command)} --help'.";

    private static string FullName(Command command) => command is RootCommand ? "gan"
        : string.Join(' ', command.Parents.OfType<Command>().Select(FullName).Append(command.Name));

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
