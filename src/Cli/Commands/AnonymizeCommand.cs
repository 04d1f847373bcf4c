using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Primitives;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class AnonymizeCommand
{
    private static readonly Choices<Copies?> CopyRules = new(("remove", Copies.Remove), ("keep", Copies.Keep));

    public static Command Create()
    {
        Argument<string> table = Options.Argument("table", "The table (.csv, .tsv, .csv.gz, .parquet), or - for standard input.");
        Option<string> output = Options.Required("--out", "FILE",
            "The synthetic table (.csv, .tsv, .csv.gz, .parquet), with as many rows, or - for standard output.");
        Option<string?> report = Options.Text("--report", "FILE.csv",
            "Where the figures of privacy and utility go, as a CSV file; without it beside the synthetic one (synthetic.csv: " +
            "synthetic.privacy.csv). They are computed from real rows: do not give them away with it.");
        Option<string?> copies = Options.Text("--copies", "WHAT",
            "What becomes of generated rows that equal a real one: 'remove' (others are generated in their place), or 'keep', which is right " +
            "for tables of so few " +
            "different rows that equal ones are chance. With --epsilon always 'keep': leaving rows out because they are real would tell which are.");
        CopyRules.Complete(copies);
        Option<double?> epsilon = Options.Number<double>("--epsilon", "E",
            "Train with differential privacy and spend at most this much: 1 is strong, 10 weak. It says what is covered by it and what is not.");
        Option<double?> delta = Options.Number<double>("--delta", "D",
            "With --epsilon: the probability with which that may fail; below one in the number of rows. 0.00001 without it.");
        Option<ulong?> seed = Options.Number<ulong>("--seed", "N",
            "Seed of the run, 1 without it: the same seed gives the same rows. Not with --epsilon, whose noise nobody may be able to repeat.");
        Option<bool> safeCsv = CommonOptions.SafeCsv();
        Option<string[]> set = CommonOptions.Set();
        Option<bool> force = CommonOptions.Force();
        Option<string> device = CommonOptions.Device();
        var syntax = new TableSyntax();
        var command = new Command("anonymize", "Make a synthetic copy of a table by a generator that stores none of its rows, and say how private and how " +
            "useful it is, measured with a fifth of the rows that the generator has not seen.") { table, output, report };
        syntax.AddTo(command);
        foreach (Option option in new Option[] { epsilon, delta, copies, safeCsv, set, seed, force, device }) command.Add(option);
        command.Does((parsed, context) => StagePrinter.Print(AnonymizeStage.Run(
            syntax.AddTo(new AnonymizeOptions(parsed.GetValue(table)!, parsed.GetValue(output)!)
            {
                Report = parsed.GetValue(report),
                Epsilon = parsed.GetValue(epsilon),
                Delta = parsed.GetValue(delta),
                Copies = CopyRules.Of(copies, parsed),
                Seed = parsed.GetValue(seed),
                Assignments = parsed.GetValue(set)!,
                SafeCsv = parsed.GetValue(safeCsv),
                Device = parsed.GetValue(device)!,
                Force = parsed.GetValue(force),
            }, parsed), context)));
        return command;
    }
}
