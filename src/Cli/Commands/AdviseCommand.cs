using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class AdviseCommand
{
    public static Command Create()
    {
        var syntax = new MethodSearchSyntax();
        Option<string?> output = Options.Text("--out", "FILE.csv", "Also write the figures of every fold, as a CSV file.");
        var command = new Command("advise",
            "Say which method for rare classes is best for a table, a classifier and a goal, by how much, and how sure that is: the report of what " +
            "'gan balance' does, scored on real rows that nothing was trained, tuned or chosen on.") { output };
        syntax.AddTo(command);
        command.Does((parsed, context) => StagePrinter.Print(AdviseStage.Run(syntax.AddTo(new AdviseOptions(syntax.Table(parsed))
        {
            Out = parsed.GetValue(output),
        }, parsed), context)));
        return command;
    }
}
