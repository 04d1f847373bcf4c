using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class AdviseCommand
{
    public static Command Create()
    {
        Argument<string> table = Options.Argument("table", "The table (.csv, .tsv, .csv.gz, .parquet), or - for standard input.");
        Option<int> folds = Options.Default("--folds", "N", 3,
            "Parts that the rows are cut into; each scores once, and a generator is trained for each. 2 to 20.");
        Option<string?> output = Options.Text("--out", "FILE.csv", "Also write the figures of every fold, as a CSV file.");
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
