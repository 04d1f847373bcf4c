using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class TrainCommand
{
    public static Command Create()
    {
        var syntax = new TrainSyntax();
        var command = new Command("train",
            "Train a generator and a discriminator; writes options.yaml, metrics.csv, sample pictures and last.ckpt into the run folder. " +
                "Ctrl-C or SIGTERM ends it with a checkpoint.");
        syntax.AddTo(command);
        command.Does((parsed, context) =>
        {
            if (syntax.IsDryRun(parsed)) StagePrinter.Print(TrainStage.Plan(syntax.Read(parsed), context));
            else if (TrainStage.Run(syntax.Read(parsed), context) is { WasFinished: true } before) StagePrinter.Print(before);
        });
        return command;
    }
}
