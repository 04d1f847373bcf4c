using System.CommandLine;
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
        command.SetAction((parsed, stop) => Task.FromResult(Run(syntax.Read(parsed), stop)));
        return command;
    }

    private static int Run(TrainArguments arguments, CancellationToken stop)
    {
        TrainStage.Run(arguments, stop);
        return 0;
    }
}
