using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Export;
using GanPipeline.Primitives;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class ExportCommand
{
    private static readonly Choices<ExportedNetwork> Networks = new((GeneratorFile.Generator, ExportedNetwork.Generator),
        (GeneratorFile.Discriminator, ExportedNetwork.Discriminator));

    private static readonly Choices<WeightPrecision> Precisions = new(("fp32", WeightPrecision.Float32), ("fp16", WeightPrecision.Float16),
        ("int8", WeightPrecision.Int8));

    private static readonly Choices<ExportedPixels> PixelKinds = new(("float", ExportedPixels.Float), ("clamped", ExportedPixels.Clamped),
        ("uint8", ExportedPixels.Bytes));

    public static Command Create()
    {
        Argument<string> run = Options.Argument("run",
            "A run folder, whose best checkpoint is taken where quality was measured, else its last; or a checkpoint file (.ckpt).");
        Option<string?> output = Options.Text("--out", "FILE",
            "The ONNX file to write; without it, generator.onnx (or discriminator.onnx) beside the checkpoint, made anew if it is there.");
        Option<string> network = Options.Default("--network", "NAME", GeneratorFile.Generator,
            "Which network: the generator, or the discriminator (samples in, logits out; with the class head where it has one).");
        Option<string> weights = Options.Default("--weights", "KIND", "fp32",
            "How the file holds the weights: fp32, fp16 (half the size) or int8 (a quarter). " +
            "The difference that it makes is measured and printed.");
        Option<string> pixels = Options.Default("--pixels", "KIND", "float",
            "How an image generator gives pixels: float (as the network gives them), clamped (cut to 0 to 255) or uint8 (also rounded to bytes).");
        Option<double> truncation = Options.Default<double>("--truncation", "R", 1,
            "Multiply latents by this inside the file, above 0 and at most 1: less than 1 gives more typical and less varied samples.");
        Option<bool> noiseInside = Options.Flag("--noise-inside",
            "Let the file draw the noise itself: its inputs are then the labels, or without classes the number of samples ('count'). " +
            "Its samples cannot be generated again, and 'gan generate' does not take it.");
        Option<string?> names = Options.Text("--names", "OLD=NEW,...",
            "Other names for inputs and outputs (noise, label, count, sample, logit, class_logits).");
        Option<int?> opset = Options.Number<int>("--opset", "N",
            "Version of ONNX's operators, for runtimes that do not know newer ones; without it 17, or 20 where a table's times need it.");
        Networks.Complete(network);
        Precisions.Complete(weights);
        PixelKinds.Complete(pixels);
        Option<bool> dryRun = CommonOptions.DryRun(), force = CommonOptions.Force();
        var command = new Command("export", "Export the generator (or the discriminator) of a run to ONNX. The file is compared with the trained network in " +
            "ONNX Runtime before it appears.")
        {
            run, output, network, weights, pixels, truncation, noiseInside, names, opset, force, dryRun,
        };
        command.Does((parsed, context) =>
        {
            var options = new ExportRunOptions(parsed.GetValue(run)!)
            {
                Out = parsed.GetValue(output),
                Network = Networks.Of(network, parsed),
                Weights = Precisions.Of(weights, parsed),
                Pixels = PixelKinds.Of(pixels, parsed),
                Truncation = parsed.GetValue(truncation),
                NoiseInside = parsed.GetValue(noiseInside),
                Names = Names(parsed.GetValue(names)),
                Opset = parsed.GetValue(opset),
                Force = parsed.GetValue(force),
            };
            if (parsed.GetValue(dryRun)) StagePrinter.Print(ExportStage.Plan(options));
            else StagePrinter.Print(ExportStage.Run(options, context));
        });
        return command;
    }

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
