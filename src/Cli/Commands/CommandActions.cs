using System.CommandLine;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

/// <summary>Has commands call stages that speak to the screen and are ended by signals.</summary>
internal static class CommandActions
{
    public static void Does(this Command command, Action<ParseResult, StageContext> work) => command.SetAction((parsed, stop) =>
    {
        work(parsed, StageScreen.Context(stop));
        return Task.CompletedTask;
    });

    public static void Does(this Command command, Func<ParseResult, StageContext, Task> work) =>
        command.SetAction((parsed, stop) => work(parsed, StageScreen.Context(stop)));
}
