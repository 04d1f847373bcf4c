using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;
using GanPipeline.Tables;

namespace GanPipeline.Cli.Commands;

internal static class ImputeCommand
{
    public static Command Create()
    {
        var defaults = new ImputeOptions("", "");
        Argument<string> input = Options.Argument("table",
            "A table (.csv, .tsv, .csv.gz, .parquet, or - for standard input) with missing values: empty fields, or what a schema file says.");
        Option<string> output = Options.Required("--out", "FILE",
            "The filled table (.csv, .tsv, .csv.gz, .parquet); of several imputations each gets its number before the ending (filled-1.csv, " +
            "filled-2.csv, ...).");
        Option<string?> schema = CommonOptions.Schema();
        Option<string> method = Options.Default("--method", "NAME", defaults.Method,
            "Who fills: 'forest' (iterated random forests: MissForest), 'gain' (a GAN), 'neighbours' (the 5 nearest rows), 'mean' (the mean, the most " +
            "frequent category), or 'auto': the best of them on known cells that are held back.");
        method.CompletionSources.Add("auto", "forest", "gain", "neighbours", "mean");
        Option<int> imputations = Options.Default("--imputations", "N", defaults.Imputations,
            "How many filled tables: 1 holds the likeliest values; several hold draws that differ as much as guesses err.");
        Option<int> steps = Options.Default("--steps", "N", defaults.Steps, "Most training steps of 'gain'; training ends earlier when it no longer improves.");
        Option<ulong> seed = CommonOptions.Seed();
        var columns = new ColumnSyntax();
        Option<bool> force = CommonOptions.Force();
        var command = new Command("impute", "Fill the missing values of a table by what the others tell (random forests, a GAN or nearest rows), and say how " +
            "well that guesses.") { input, output, schema, method, imputations, steps, seed, force };
        columns.AddTo(command);
        command.Does((parsed, context) =>
        {
            ColumnChoices choices = columns.Read(parsed);
            var options = new ImputeOptions(parsed.GetValue(input)!, parsed.GetValue(output)!)
            {
                Schema = parsed.GetValue(schema),
                Drop = choices.Drop,
                Keep = choices.Keep,
                Missing = choices.Missing,
                Method = parsed.GetValue(method)!,
                Imputations = parsed.GetValue(imputations),
                Steps = parsed.GetValue(steps),
                Seed = parsed.GetValue(seed),
                Force = parsed.GetValue(force),
            };
            StagePrinter.Print(ImputeStage.Run(options, context));
        });
        return command;
    }
}
