using System.CommandLine;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class RunCommand
{
    public static Command Create()
    {
        var syntax = new TrainSyntax();
        var command = new Command("run",
            "The whole pipeline: train, export, generate, up-sample, and measure how good the samples are. Takes what 'train' takes; " +
                "--resume goes on wherever it stopped.");
        syntax.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            RunStage.Run(syntax.Read(parsed), stop);
            return Task.FromResult(0);
        });
        return command;
    }
}
