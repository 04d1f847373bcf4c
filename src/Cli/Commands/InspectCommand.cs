using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class InspectCommand
{
    public static Command Create()
    {
        var generator = new Argument<string>("generator") { Description = "The generator file (.onnx)." };
        var picture = new Option<string?>("--picture") { Description = "Also draw the network, as an SVG picture.", HelpName = "FILE.svg" };
        Option<bool> force = CommonOptions.Force();
        var command = new Command("inspect",
            "Say what a generator file is: its inputs and output, where it comes from, and its layers with shapes and parameters.")
            { generator, picture, force };
        command.SetAction(parsed => InspectPrinter.Print(InspectStage.Run(new InspectOptions(parsed.GetValue(generator)!)
        {
            Picture = parsed.GetValue(picture),
            Force = parsed.GetValue(force),
        })));
        return command;
    }
}
