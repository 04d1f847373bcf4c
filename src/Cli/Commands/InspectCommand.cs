using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class InspectCommand
{
    public static Command Create()
    {
        Argument<string> generator = GeneratorPath.Argument();
        Option<string?> picture = Options.Text("--picture", "FILE.svg", "Also draw the network, as an SVG picture.");
        Option<bool> force = CommonOptions.Force();
        var command = new Command("inspect",
            "Say what a generator file is: its inputs and output, where it comes from, and its layers with shapes and parameters.")
            { generator, picture, force };
        command.Does((parsed, context) => StagePrinter.Print(InspectStage.Run(new InspectOptions(GeneratorPath.Of(parsed.GetValue(generator)!))
        {
            Picture = parsed.GetValue(picture),
            Force = parsed.GetValue(force),
        }, context)));
        return command;
    }
}
