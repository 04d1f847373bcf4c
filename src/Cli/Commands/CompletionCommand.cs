using System.CommandLine;

namespace GanPipeline.Cli.Commands;

/// <summary>Scripts by which a shell asks the program itself what could come next, by the parser's directive <c>[suggest:POSITION]</c>.</summary>
internal static class CompletionCommand
{
    private static readonly Choices<string> Shells = new(("bash", "gan.bash"), ("zsh", "gan.zsh"), ("fish", "gan.fish"), ("pwsh", "gan.ps1"));

    public static Command Create()
    {
        Argument<string> shell = Options.Argument("shell", $"The shell: {Shells}.");
        Shells.Complete(shell);
        var command = new Command("completion", "Print a script that completes commands, options and values in a shell.") { shell };
        command.SetAction(parsed =>
        {
            using Stream script = typeof(CompletionCommand).Assembly.GetManifestResourceStream(Shells.Of("completion", parsed.GetValue(shell)!))!;
            using var reader = new StreamReader(script);
            while (reader.ReadLine() is { } line) Screen.Say(line);
        });
        return command;
    }
}
