using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class UpsampleCommand
{
    public static Command Create()
    {
        Argument<string> input = Options.Argument("data",
            "What to up-sample: a table with a class column (.csv, .tsv, .csv.gz, .parquet, or - for standard input), or a folder of IDX files, or with a " +
            "sub-folder of pictures a class.");
        Option<string> generator = Options.Required("--generator", "FILE",
            "The generator file (.onnx), or the run folder that holds it; classes are matched by name.");
        Option<string> output = Options.Required("--out", "PATH",
            "Where to write the balanced data: a table (.csv, .tsv, .csv.gz, .parquet, or - for standard output; text is written as the input's is) or a " +
            "folder, as the data are.");
        Option<string> balance = Options.Default("--balance", "RULE", "majority",
            "How many rows each class gets: 'majority' (as many as the largest), 'ratio:R' (R times the largest, 0 < R <= 1), " +
            "or 'counts:NAME=N,NAME=N'. Rows are only added.");
        Option<string> label = Options.Default("--label", "NAME", "class", "The class column of a table.");
        Option<string?> synthetic = Options.Text("--synthetic-column", "NAME",
            "Add a column of this name to a table: 0 in rows that were there, 1 in added ones.");
        Option<bool> fillIds = Options.Flag("--fill-ids",
            "Number IDs that the generator was not trained on further in added rows, 1234 to 1235 or C00123 to C00124; without it they are empty there.");
        Option<bool> safeCsv = CommonOptions.SafeCsv();
        Option<ulong> seed = CommonOptions.Seed();
        Option<bool> dryRun = CommonOptions.DryRun(), force = CommonOptions.Force();
        var command = new Command("upsample", "Add generated rows to the rare classes of a data set, through the ML.NET transformer.") { input, generator,
            output, balance, label, synthetic, fillIds, safeCsv, seed, force, dryRun };
        command.Does((parsed, context) => StagePrinter.Print(UpsampleStage.Run(
            new UpsampleOptions(parsed.GetValue(input)!, GeneratorPath.Of(parsed.GetValue(generator)!), parsed.GetValue(output)!)
            {
                Balance = BalanceRule.Parse(parsed.GetValue(balance)!),
                Label = parsed.GetValue(label)!,
                SyntheticColumn = parsed.GetValue(synthetic),
                FillIds = parsed.GetValue(fillIds),
                Seed = parsed.GetValue(seed),
                DryRun = parsed.GetValue(dryRun),
                SafeCsv = parsed.GetValue(safeCsv),
                Force = parsed.GetValue(force),
            }, context)));
        return command;
    }
}
