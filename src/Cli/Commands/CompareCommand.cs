using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class CompareCommand
{
    public static Command Create()
    {
        Argument<string[]> runs = Options.Arguments("runs", "Two or more run folders, for example runs/*.");
        Option<string> output = Options.Default("--out", "DIR", ".", "Folder for compare.html and compare.csv.");
        Option<bool> force = CommonOptions.Force();
        var command = new Command("compare",
            "Compare runs: their metrics, the options in which they differ, and their curves, as a table, compare.csv and a page.") { runs, output, force };
        command.Does((parsed, context) => StagePrinter.Print(ReportStage.Compare(
            new CompareRunsOptions(parsed.GetValue(runs)!, parsed.GetValue(output)!)
            {
                Force = parsed.GetValue(force),
            }, context)));
        return command;
    }
}
