using System.CommandLine;
using GanPipeline.Cli.Printing;
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
        command.Does((parsed, context) =>
        {
            TrainOptions options = syntax.Read(parsed);
            if (syntax.IsDryRun(parsed))
            {
                StagePrinter.Print(RunStage.Plan(options, context));
                return;
            }
            // What the stage cannot end by itself, reading a pipe say, the process ends when the time is over.
            if (options.MaxTime is { } most) Stopping.After(most, RunStage.TimeIsOver);
            StagePrinter.Print(RunStage.Run(options, context));
        });
        return command;
    }
}
