using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class BalanceCommand
{
    public static Command Create()
    {
        var syntax = new MethodSearchSyntax();
        Option<string> output = Options.Required("--out", "DIR",
            "Folder for the balanced table (balanced.csv, or the table's own ending), the choice (balance.json) and the figures of every fold (scores.csv).");
        Option<string?> synthetic = Options.Text("--synthetic-column", "NAME",
            "Add a column of this name to the table: 0 in rows that were there, 1 in added ones.");
        Option<bool> safeCsv = CommonOptions.SafeCsv();
        var command = new Command("balance",
            "Find the best way to deal with rare classes for a table, a classifier and a goal, on folds: the data as they are, class weights, over-sampling, " +
            "SMOTE or a generator, each at several shares and with a tuned decision rule; write the balanced table and the rule, and say what it trades.")
        {
            output, synthetic, safeCsv,
        };
        syntax.AddTo(command);
        command.Does((parsed, context) => StagePrinter.Print(BalanceStage.Run(
            syntax.AddTo(new BalanceOptions(syntax.Table(parsed), parsed.GetValue(output)!)
            {
                SyntheticColumn = parsed.GetValue(synthetic),
                SafeCsv = parsed.GetValue(safeCsv),
            }, parsed), context)));
        return command;
    }
}
