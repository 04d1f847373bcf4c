using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class ReportCommand
{
    public static Command Create()
    {
        Argument<string> run = Options.Argument("run", "A run folder.");
        var command = new Command("report",
            "Make a run's page again: report.html, one file that any browser opens, with report.json and pictures beside it. " +
                "'gan run' and 'gan train' make it, too.") { run };
        command.Does((parsed, context) => StagePrinter.Print(ReportStage.Run(new ReportOptions(parsed.GetValue(run)!), context)));
        return command;
    }
}
