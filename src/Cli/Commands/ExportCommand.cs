using System.CommandLine;
using GanPipeline.Cli.Stages;

namespace GanPipeline.Cli.Commands;

internal static class ExportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "A run folder, or a checkpoint file (.ckpt)." };
        var output = new Option<string?>("--out") { Description = "The ONNX file to write; without it, generator.onnx beside the checkpoint.", HelpName = "FILE" };
        var weights = new Option<string>("--weights")
        {
            Description = "How the file holds the weights: fp32, fp16 (half the size) or int8 (a quarter). The difference that it makes is measured and printed.",
            HelpName = "KIND", DefaultValueFactory = _ => "fp32",
        };
        Option<bool> dryRun = CommonOptions.DryRun();
        var command = new Command("export", "Export the generator of a run to ONNX. The file is compared with the trained network in ONNX Runtime before it appears.") { run, output, weights, dryRun };
        command.SetAction(parsed =>
        {
            ExportStage.Run(parsed.GetValue(run)!, parsed.GetValue(output), parsed.GetValue(weights)!, parsed.GetValue(dryRun));
            return 0;
        });
        return command;
    }
}
