using System.CommandLine;
using GanPipeline.Cli.Stages;

namespace GanPipeline.Cli.Commands;

internal static class GenerateCommand
{
    public static Command Create()
    {
        var generator = new Argument<string>("generator") { Description = "The generator file (.onnx)." };
        var output = new Option<string>("--out")
        {
            Description = "Where to write: FILE.csv (a row a sample, class names in the column 'class'), FILE.png (a grid of images, or a scatter of points), or a folder (images as IDX files with their labels).",
            HelpName = "PATH", Required = true,
        };
        var count = new Option<int>("--count") { Description = "Samples in all; classes take turns.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var classes = new Option<string[]>("--class") { Description = "Only this class; may be given again. Without it, all classes.", HelpName = "NAME", DefaultValueFactory = _ => [] };
        Option<ulong> seed = CommonOptions.Seed();
        Option<string> device = CommonOptions.Device();
        Option<bool> dryRun = CommonOptions.DryRun();
        var command = new Command("generate", "Generate samples with a generator file, in ONNX Runtime.") { generator, output, count, classes, seed, device, dryRun };
        command.SetAction((parsed, stop) =>
        {
            GenerateStage.Run(new GenerateArguments(parsed.GetValue(generator)!, parsed.GetValue(output)!, parsed.GetValue(count), parsed.GetValue(classes)!,
                parsed.GetValue(seed), parsed.GetValue(device)!, parsed.GetValue(dryRun)), stop);
            return Task.FromResult(0);
        });
        return command;
    }
}

/// <summary>What to generate, and where to.</summary>
internal sealed record GenerateArguments(string Generator, string Out, int Count, IReadOnlyList<string> Classes, ulong Seed, string Device, bool DryRun);
