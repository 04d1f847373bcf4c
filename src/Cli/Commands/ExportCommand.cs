using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Export;
using GanPipeline.Primitives;
using GanPipeline.Stages;

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
            var options = new ExportOptions(parsed.GetValue(run)!)
            {
                Out = parsed.GetValue(output),
                Network = Network(parsed.GetValue(network)!),
                Weights = Weights(parsed.GetValue(weights)!),
                Pixels = Pixels(parsed.GetValue(pixels)!),
                Truncation = parsed.GetValue(truncation),
                NoiseInside = parsed.GetValue(noiseInside),
                Names = Names(parsed.GetValue(names)),
                Opset = parsed.GetValue(opset),
                Force = parsed.GetValue(force),
            };
            if (parsed.GetValue(dryRun)) ExportPrinter.Print(ExportStage.Plan(options));
            else ExportPrinter.Print(ExportStage.Run(options));
        });
        return command;
    }
    private static ExportedNetwork Network(string text) => text switch
    {
        GeneratorFile.Generator => ExportedNetwork.Generator,
        GeneratorFile.Discriminator => ExportedNetwork.Discriminator,
        _ => throw UserErrorException.Usage($"--network {text}: it is generator or discriminator."),
    };

    private static WeightPrecision Weights(string text) => text switch
    {
        "fp32" => WeightPrecision.Float32,
        "fp16" => WeightPrecision.Float16,
        "int8" => WeightPrecision.Int8,
        _ => throw UserErrorException.Usage($"--weights {text}: it is fp32, fp16 or int8."),
    };

    private static ExportedPixels Pixels(string text) => text switch
    {
        "float" => ExportedPixels.Float,
        "clamped" => ExportedPixels.Clamped,
        "uint8" => ExportedPixels.Bytes,
        _ => throw UserErrorException.Usage($"--pixels {text}: it is float, clamped or uint8."),
    };

    private static PortNames Names(string? text)
    {
        var names = new PortNames();
        foreach (string pair in text?.Split(',') ?? [])
        {
            names = pair.Split('=') switch
            {
                ["noise", var name] => names with { Noise = name },
                ["label", var name] => names with { Label = name },
                ["count", var name] => names with { Count = name },
                ["sample", var name] => names with { Sample = name },
                ["logit", var name] => names with { Logit = name },
                ["class_logits", var name] => names with { ClassLogits = name },
                _ => throw UserErrorException.Usage($"--names {text}: write OLD=NEW,OLD=NEW, where OLD is noise, label, count, sample, logit or class_logits."),
            };
        }
        return names;
    }
}
