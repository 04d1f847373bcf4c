using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Primitives;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class DescribeCommand
{
    public static Command Create()
    {
        Argument<string> table = Options.Argument("table", "The table: a CSV or Parquet file, or - for standard input.");
        Option<string[]> set = CommonOptions.Set();
        Option<string> device = CommonOptions.Device();
        var syntax = new TableSyntax();
        var command = new Command("describe",
            "Say what the columns of a table are, what is noticed of them, and what training on it would take, by a few steps that are timed. " +
                "All that keeps it from being trained on is listed at once, and the exit code is then 3.") { table };
        syntax.AddTo(command);
        foreach (Option option in new Option[] { set, device }) command.Add(option);
        command.Does((parsed, context) =>
        {
            DescribeResult result = DescribeStage.Run(syntax.AddTo(new DescribeOptions(parsed.GetValue(table)!)
            {
                Assignments = parsed.GetValue(set)!,
                Device = parsed.GetValue(device)!,
            }, parsed), context);
            StagePrinter.Print(result);
            if (result.Refusal is { } refusal) throw new UserErrorException(refusal);
        });
        return command;
    }
}
