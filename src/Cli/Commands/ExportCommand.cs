using System.CommandLine;
using GanPipeline.Cli.Stages;

namespace GanPipeline.Cli.Commands;

internal static class ExportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "A run folder, or a checkpoint file (.ckpt)." };
        var output = new Option<string?>("--out") { Description = "The ONNX file to write; without it, generator.onnx beside the checkpoint.", HelpName = "FILE" };
        Option<bool> dryRun = CommonOptions.DryRun();
        var command = new Command("export", "Export the generator of a run to ONNX. The file is compared with the trained network in ONNX Runtime before it appears.") { run, output, dryRun };
        command.SetAction(parsed =>
        {
            ExportStage.Run(parsed.GetValue(run)!, parsed.GetValue(output), parsed.GetValue(dryRun));
            return 0;
        });
        return command;
    }
}
