using System.CommandLine;
using GanPipeline.Stages;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Commands;

internal static class ExportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run")
        {
            Description = "A run folder, whose best checkpoint is taken where quality was measured, else its last; or a checkpoint file (.ckpt).",
        };
        var output = new Option<string?>("--out")
        {
            Description = "The ONNX file to write; without it, generator.onnx (or discriminator.onnx) beside the checkpoint, made anew if it is there.",
            HelpName = "FILE",
        };
        var network = new Option<string>("--network")
        {
            Description = "Which network: the generator, or the discriminator (samples in, logits out; with the class head where it has one).",
            HelpName = "NAME",
            DefaultValueFactory = _ => GeneratorFile.Generator,
        };
        var weights = new Option<string>("--weights")
        {
            Description = "How the file holds the weights: fp32, fp16 (half the size) or int8 (a quarter). " +
                "The difference that it makes is measured and printed.",
            HelpName = "KIND",
            DefaultValueFactory = _ => "fp32",
        };
        var pixels = new Option<string>("--pixels")
        {
            Description = "How an image generator gives pixels: float (as the network made them), clamped (cut to 0 to 255) or uint8 (also rounded to bytes).",
            HelpName = "KIND",
            DefaultValueFactory = _ => "float",
        };
        var truncation = new Option<double>("--truncation")
        {
            Description = "Multiply latents by this inside the file, above 0 and at most 1: less than 1 gives more typical and less varied samples.",
            HelpName = "R",
            DefaultValueFactory = _ => 1,
        };
        var noiseInside = new Option<bool>("--noise-inside")
        {
            Description = "Let the file draw the noise itself: its inputs are then the labels, or without classes the number of samples ('count'). " +
                "Its samples cannot be made again, and 'gan generate' does not take it.",
        };
        var names = new Option<string?>("--names")
        {
            Description = "Other names for inputs and outputs (noise, label, count, sample, logit, class_logits).",
            HelpName = "OLD=NEW,...",
        };
        var opset = new Option<int>("--opset")
        {
            Description = "Version of ONNX's operators, for runtimes that do not know newer ones.",
            HelpName = "N",
            DefaultValueFactory = _ => 17,
        };
        Option<bool> dryRun = CommonOptions.DryRun(), force = CommonOptions.Force();
        var command = new Command("export", "Export the generator (or the discriminator) of a run to ONNX. The file is compared with the trained network in " +
            "ONNX Runtime before it appears.")
        {
            run, output, network, weights, pixels, truncation, noiseInside, names, opset, force, dryRun,
        };
        command.SetAction(parsed =>
        {
            ExportStage.Run(new ExportArguments(parsed.GetValue(run)!, parsed.GetValue(output), parsed.GetValue(network)!, parsed.GetValue(weights)!,
                parsed.GetValue(pixels)!, parsed.GetValue(truncation),
                parsed.GetValue(noiseInside), parsed.GetValue(names), parsed.GetValue(opset), parsed.GetValue(dryRun), parsed.GetValue(force)));
            return 0;
        });
        return command;
    }
}
