using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class ImputeCommand
{
    public static Command Create()
    {
        var defaults = new ImputeOptions("", "");
        var input = new Argument<string>("table")
        {
            Description = "A CSV file (or - for standard input) with missing values: empty fields, or what a schema file says.",
        };
        var output = new Option<string>("--out")
        {
            Description = "The filled CSV file; of several imputations each gets its number before the ending (filled-1.csv, filled-2.csv, ...).",
            HelpName = "FILE",
            Required = true,
        };
        Option<string?> schema = CommonOptions.Schema();
        var method = new Option<string>("--method")
        {
            Description = "Who fills: 'gain' (a GAN), or what it has to beat: 'neighbours' (the 5 nearest rows) or 'mean' (the mean, " +
                "the most frequent category). All three are compared on cells that were held back.",
            HelpName = "NAME",
            DefaultValueFactory = _ => defaults.Method,
        };
        var imputations = new Option<int>("--imputations")
        {
            Description = "How many filled tables: 1 holds the likeliest values; several hold draws that differ as much as guesses err.",
            HelpName = "N",
            DefaultValueFactory = _ => defaults.Imputations,
        };
        var steps = new Option<int>("--steps")
        {
            Description = "Most training steps; it ends earlier when it learns no more.",
            HelpName = "N",
            DefaultValueFactory = _ => defaults.Steps,
        };
        Option<ulong> seed = CommonOptions.Seed();
        Option<bool> force = CommonOptions.Force();
        var command = new Command("impute", "Fill the missing values of a table by a generator that learns from the values that are there (GAIN), and say " +
            "how well it guesses.") { input, output, schema, method, imputations, steps, seed, force };
        command.Does((parsed, context) =>
        {
            var options = new ImputeOptions(parsed.GetValue(input)!, parsed.GetValue(output)!)
            {
                Schema = parsed.GetValue(schema),
                Method = parsed.GetValue(method)!,
                Imputations = parsed.GetValue(imputations),
                Steps = parsed.GetValue(steps),
                Seed = parsed.GetValue(seed),
                Force = parsed.GetValue(force),
            };
            ImputePrinter.Print(ImputeStage.Run(options, context), options.Method);
        });
        return command;
    }
}
