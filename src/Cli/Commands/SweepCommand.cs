using System.CommandLine;
using System.Reflection;
using GanPipeline.Cli.Printing;
using GanPipeline.Primitives;
using GanPipeline.Stages;
using GanPipeline.Training.Config;

namespace GanPipeline.Cli.Commands;

internal static class SweepCommand
{
    public static Command Create()
    {
        Argument<string[]> presets = Options.Arguments("presets", "The presets: names that 'gan presets' lists, YAML files, or tables.");
        presets.CompletionSources.Add([.. BuiltInPresets.Names]);
        Option<string[]> variants = Options.Several("--variant", "NAME",
            "A variant of the presets; may be given again. '-' stands for the preset's own values, " +
            "which is also what is trained without this option.");
        Option<string> seeds = Options.Default("--seeds", "LIST", "1", "The seeds, for example 1,2,3 or 1-5.");
        Option<string[]> vary = Options.Several("--vary", "KEY=VALUE,...",
            "Values to try for one of the presets' keys, for example --vary batch=64,128; " +
            "may be given again, and then every combination is trained.");
        Option<string> output = Options.Required("--out", "DIR",
            "Folder for a run folder and a log a run, and for sweep.csv. The same command again goes on where an earlier one stopped.");
        Option<int> parallel = Options.Default("--parallel", "N", 0, "Runs at once; 0 for as many as there are cores.");
        Option<bool> trainOnly = Options.Flag("--train-only",
            "Only train; without it, each run is also exported and its samples are measured (what 'gan run' does).");
        Option<string?> label = Options.Text("--label", "NAME", "The class column of a table.");
        Option<string?> data = CommonOptions.Data();
        Option<string[]> set = CommonOptions.Set();
        Option<string> device = CommonOptions.Device();
        Option<bool> dryRun = CommonOptions.DryRun();
        var command = new Command("sweep", "Train presets with several seeds, variants and values, each run in a process of its own and as many at once as " +
            "there are cores, and collect the figures in one CSV file.")
            { presets, label, data, output, variants, seeds, vary, set, device, parallel, trainOnly, dryRun };
        command.Does(async (parsed, context) =>
        {
            var options = new SweepOptions(parsed.GetValue(presets)!, parsed.GetValue(output)!)
            {
                Variants = [.. parsed.GetValue(variants)!.Select(v => v == "-" ? null : v)],
                Seeds = SweepSyntax.Seeds(parsed.GetValue(seeds)!),
                Vary = [.. parsed.GetValue(vary)!.Select(SweepSyntax.Varied)],
                Label = parsed.GetValue(label),
                Data = parsed.GetValue(data),
                Assignments = parsed.GetValue(set)!,
                Device = parsed.GetValue(device)!,
                Parallel = parsed.GetValue(parallel),
                TrainOnly = parsed.GetValue(trainOnly),
                Program = ThisProgram(),
            };
            if (parsed.GetValue(dryRun)) StagePrinter.Print(SweepStage.Plan(options, context));
            else if ((await SweepStage.Run(options, context)).Problem is { } problem) throw new UserErrorException(problem) { Kind = ErrorKind.Failed };
        });
        return command;
    }
    private static string[] ThisProgram()
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return isHost ? [program, Assembly.GetEntryAssembly()!.Location] : [program];
    }
}
