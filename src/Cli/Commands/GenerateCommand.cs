using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class GenerateCommand
{
    public static Command Create()
    {
        Argument<string> generator = GeneratorPath.Argument();
        Option<string> output = Options.Required("--out", "PATH",
            "Where to write: FILE.csv, .tsv or .csv.gz (a row a sample, class names in the column 'class'), FILE.parquet (rows of a table), FILE.npy (and " +
            "FILE.labels.npy), FILE.png (a grid of " +
            "images, or a scatter of points), a folder (images as IDX files with their labels), or - for standard output (csv).");
        Option<string?> format = Options.Text("--format", "NAME",
            "The format, where the name of --out does not say it: csv, parquet, npy, idx, grid, or png (a folder with a picture a sample).");
        format.CompletionSources.Add("csv", "parquet", "npy", "idx", "grid", "png");
        Option<long?> count = Options.Number<long>("--count", "N", "Samples in all (100 where nothing says otherwise); classes take turns.");
        Option<string[]> classes = Options.Several("--class", "NAME", "Only this class; may be given again. Without it, all classes.");
        Option<string?> counts = Options.Text("--counts", "NAME=N,...", "So many samples of each class, one class after the other.");
        Option<string?> ratio = Options.Text("--ratio", "NAME=R,...", "Shares of --count for each class, one class after the other.");
        Option<string?> list = Options.Text("--class-list", "FILE", "A text file with the class of each sample, one a line.");
        Option<int?> steps = Options.Number<int>("--interpolate", "STEPS",
            "A picture of walks through the latent space instead: --count rows, each from one sample to another in so many steps.");
        Option<string?> shard = Options.Text("--shard", "I/N",
            "Make only part i of n (from 0), into a file with that part's name; the parts one after the other are the whole file. " +
            "'slurm' takes i and n from the environment of a Slurm array, 'kubernetes' from that of an indexed job (JOB_COMPLETION_INDEX, " +
            "JOB_COMPLETIONS).");
        Option<bool> resume = Options.Flag("--resume",
            "Go on where an earlier, interrupted run with the same options stopped; the file ends the same. What such a run has finished is checked and left.");
        Option<int?> batch = Options.Number<int>("--batch", "N",
            "Samples that are computed at once, 1 to 65536 (without it as many as is quickest); changes the speed, not the samples.");
        Option<bool> safeCsv = CommonOptions.SafeCsv();
        Option<ulong> seed = CommonOptions.Seed();
        Option<string> device = CommonOptions.Device();
        Option<bool> dryRun = CommonOptions.DryRun(), force = CommonOptions.Force();
        var command = new Command("generate", "Generate samples with a generator file, in ONNX Runtime.") { generator, output, format, count, classes, counts,
            ratio, list, steps, seed, shard, resume, force, batch, safeCsv, device, dryRun };
        command.Does((parsed, context) =>
        {
            var options = new GenerateOptions(GeneratorPath.Of(parsed.GetValue(generator)!), parsed.GetValue(output)!)
            {
                Format = parsed.GetValue(format),
                Count = parsed.GetValue(count),
                Classes = parsed.GetValue(classes)!,
                Counts = ClassSyntax.Counts(parsed.GetValue(counts)),
                Ratio = ClassSyntax.Ratio(parsed.GetValue(ratio)),
                ClassList = parsed.GetValue(list),
                Interpolate = parsed.GetValue(steps),
                Seed = parsed.GetValue(seed),
                Shard = parsed.GetValue(shard),
                Resume = parsed.GetValue(resume),
                Batch = parsed.GetValue(batch),
                Device = parsed.GetValue(device)!,
                SafeCsv = parsed.GetValue(safeCsv),
                Force = parsed.GetValue(force),
            };
            if (parsed.GetValue(dryRun)) StagePrinter.Print(GenerateStage.Plan(options, context));
            else StagePrinter.Print(GenerateStage.Run(options, context));
        });
        return command;
    }
}
