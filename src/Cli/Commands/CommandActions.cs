using System.CommandLine;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

/// <summary>Has commands call stages that speak to the screen and are ended by signals.</summary>
internal static class CommandActions
{
    public static void Does(this Command command, Action<ParseResult, StageContext> work) => command.Does((parsed, context) =>
    {
        work(parsed, context);
        return Task.CompletedTask;
    });

    public static void Does(this Command command, Func<ParseResult, StageContext, Task> work) => command.SetAction(async (parsed, stop) =>
    {
        using var screen = new StageScreen();
        await work(parsed, screen.Context(stop));
    });
}
