using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GanPipeline.Cli.Commands;

/// <summary>The help of a command, asked for by a command: <c>gan help run</c> is <c>gan run --help</c>.</summary>
internal static class HelpCommand
{
    public static Command Create(RootCommand root)
    {
        Argument<string[]> words = Options.Arguments("command", "The command, for example run, or 'data fetch'.");
        words.Arity = ArgumentArity.ZeroOrMore;
        words.CompletionSources.Add([.. root.Subcommands.Select(c => c.Name)]);
        var command = new Command("help", "Show the help of a command.") { words };
        command.SetAction(parsed => Show(root, parsed.GetValue(words)!));
        return command;
    }

    /// <summary>Shows the help of a command of <paramref name="root"/>, or of that itself.</summary>
    /// <exception cref="UserErrorException">There is no such command.</exception>
    public static int Show(RootCommand root, IReadOnlyList<string> words)
    {
        Command at = root;
        foreach (string word in words) at = at.Subcommands.FirstOrDefault(c => c.Name == word) ?? throw UsageErrors.NoCommand(word, at);
        return root.Parse([.. words, "--help"]).Invoke();
    }
}

/// <summary>What <c>--help</c> shows: what the parser knows of a command, and lines to copy.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (Examples.Of(parseResult.CommandResult.Command) is not { Count: > 0 } lines) return code;
        Screen.Say("Examples:");
        foreach (string line in lines) Screen.Say($"  {line}");
        Screen.Say("");
        return code;
    }
}
