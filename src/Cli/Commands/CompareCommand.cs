using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class CompareCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("runs") { Description = "Two or more run folders, for example runs/*.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Folder for compare.html and compare.csv.", HelpName = "DIR", DefaultValueFactory = _ => "." };
        Option<bool> force = CommonOptions.Force();
        var command = new Command("compare",
            "Compare runs: their metrics, the options in which they differ, and their curves, as a table, compare.csv and a page.") { runs, output, force };
        command.SetAction(parsed => ComparePrinter.Print(ReportStage.Compare(new CompareOptions(parsed.GetValue(runs)!, parsed.GetValue(output)!)
        {
            Force = parsed.GetValue(force),
        })));
        return command;
    }
}
