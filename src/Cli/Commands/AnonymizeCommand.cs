using System.CommandLine;
using GanPipeline.Stages;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Privacy;

namespace GanPipeline.Cli.Commands;

internal static class AnonymizeCommand
{
    private const double DefaultDelta = 1e-5;

    public static Command Create()
    {
        var table = new Argument<string>("table") { Description = "The table: a CSV file, or - for standard input." };
        var output = new Option<string>("--out")
        {
            Description = "The synthetic CSV file, with as many rows, or - for standard output.",
            HelpName = "FILE.csv",
            Required = true,
        };
        var report = new Option<string?>("--report")
        {
            Description = "Where the figures of privacy and utility go, as a CSV file; without it beside the synthetic one (synthetic.csv: " +
                "synthetic.privacy.csv). " +
                "They are computed from real rows: do not give them away with it.",
            HelpName = "FILE.csv",
        };
        var copies = new Option<string>("--copies")
        {
            Description = "What becomes of generated rows that equal a real one: 'remove' (others are generated in their place), or 'keep', which is right " +
                "for tables of so few " +
                "different rows that equal ones are chance. With --epsilon always 'keep': leaving rows out because they are real would tell which are.",
            HelpName = "WHAT",
        };
        var epsilon = new Option<double?>("--epsilon")
        {
            Description = "Train with differential privacy and spend at most this much: 1 is strong, 10 weak. It says what is covered by it and what is not.",
            HelpName = "E",
        };
        var delta = new Option<double?>("--delta")
        {
            Description = "With --epsilon: the probability with which that may fail; below one in the number of rows. 0.00001 without it.",
            HelpName = "D",
        };
        var seed = new Option<ulong?>("--seed")
        {
            Description = "Seed of the run, 1 without it: the same seed gives the same rows. Not with --epsilon, whose noise nobody may be able to repeat.",
            HelpName = "N",
        };
        Option<bool> safeCsv = CommonOptions.SafeCsv();
        Option<string[]> set = CommonOptions.Set();
        Option<bool> force = CommonOptions.Force();
        Option<string> device = CommonOptions.Device();
        var syntax = new TableSyntax();
        var command = new Command("anonymize", "Make a synthetic copy of a table by a generator that stores none of its rows, and say how private and how " +
            "useful it is, " +
            "measured with a fifth of the rows that the generator has not seen.") { table, output, report };
        syntax.AddTo(command);
        foreach (Option option in new Option[] { epsilon, delta, copies, safeCsv, set, seed, force, device }) command.Add(option);
        command.SetAction((parsed, stop) =>
        {
            string path = parsed.GetValue(table)!, made = parsed.GetValue(output)!;
            double? most = parsed.GetValue(epsilon);
            if (!TableSyntax.IsTable(path)) throw new UserErrorException($"{path}: name a table, a file that ends in .csv.");
            if (most is null && parsed.GetValue(delta) is not null) throw UserErrorException.Usage("--delta: it goes with --epsilon; name that too.");
            string[] said = parsed.GetValue(set)!;
            IReadOnlyList<string> settings = most is null ? AnonymizeStage.Settings : AnonymizeStage.PrivateSettings;
            RunOptions options = syntax.Options(parsed, path, null, [.. settings, .. Seed(parsed.GetValue(seed), said, most), .. said]);
            if (parsed.GetValue(report) is null && AtomicFile.IsStream(made))
                throw UserErrorException.Usage($"--out {made}: beside a stream there is no place for the figures; name a file for them with --report.");
            string figures = parsed.GetValue(report) ?? Path.ChangeExtension(made, ".privacy.csv");
            AnonymizeStage.Run(new AnonymizeArguments(path, made, figures, options, RemovesCopies(parsed.GetValue(copies), most), most, parsed.GetValue(delta)
                ?? DefaultDelta, parsed.GetValue(device)!, parsed.GetValue(safeCsv), parsed.GetValue(force)), stop);
            return Task.FromResult(0);
        });
        return command;
    }

    private static string[] Seed(ulong? seed, string[] set, double? epsilon)
    {
        if (epsilon is null) return seed is null ? [] : [$"seed={seed}"];
        if (seed is not null || set.Any(s => s.StartsWith("seed=", StringComparison.Ordinal)))
            throw UserErrorException.Usage("--seed: with --epsilon the seed is drawn in secret and kept nowhere, since who knows it knows the noise; " +
                "leave it out.");
        return [$"seed={PrivacyBudget.SecretSeed()}"];
    }

    private static bool RemovesCopies(string? copies, double? epsilon) => (copies, epsilon) switch
    {
        (null, _) => epsilon is null,
        ("keep", _) => false,
        ("remove", null) => true,
        ("remove", _) => throw UserErrorException.Usage(
            "--copies remove: with --epsilon copies are kept, since leaving rows out because they are real would tell which are; leave one of the two out."),
        _ => throw UserErrorException.Usage($"--copies {copies}: it is remove or keep."),
    };
}
