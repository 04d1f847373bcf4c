using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class AdviseCommand
{
    public static Command Create()
    {
        var table = new Argument<string>("table") { Description = "The table: a CSV file, or - for standard input." };
        var folds = new Option<int>("--folds")
        {
            Description = "Parts that the rows are cut into; each scores once, and a generator is trained for each. 2 to 20.",
            HelpName = "N",
            DefaultValueFactory = _ => 3,
        };
        var output = new Option<string?>("--out") { Description = "Also write the figures of every fold, as a CSV file.", HelpName = "FILE.csv" };
        Option<string[]> set = CommonOptions.Set();
        Option<bool> force = CommonOptions.Force();
        Option<string> device = CommonOptions.Device();
        var syntax = new TableSyntax();
        var command = new Command("advise",
            "Say whether a generator is worth it for a table: a classifier is trained on its rows as they are, with a moved threshold, " +
                "over-sampled at random, by SMOTE-NC and by a generator, and scored on real rows that none of them has seen.") { table };
        syntax.AddTo(command);
        foreach (Option option in new Option[] { folds, output, force, set, device }) command.Add(option);
        command.Does((parsed, context) => AdvisePrinter.Print(AdviseStage.Run(syntax.AddTo(new AdviseOptions(parsed.GetValue(table)!)
        {
            Folds = parsed.GetValue(folds),
            Out = parsed.GetValue(output),
            Force = parsed.GetValue(force),
            Assignments = parsed.GetValue(set)!,
            Device = parsed.GetValue(device)!,
        }, parsed), context)));
        return command;
    }
}
