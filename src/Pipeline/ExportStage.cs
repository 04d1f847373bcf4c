using System.Globalization;
using GanPipeline.Export;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Runs;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>Checkpoint in, generator (or discriminator) file out.</summary>
internal static class ExportStage
{
    public static void Run(ExportArguments arguments)
    {
        ExportOptions options = Options(arguments);
        bool generator = arguments.Network == GeneratorFile.Generator;
        if (!generator && arguments.Network != GeneratorFile.Discriminator)
            throw UserErrorException.Usage($"--network {arguments.Network}: it is generator or discriminator.");
        string run = arguments.Run;
        if (!Path.Exists(run)) throw new UserErrorException($"{run}: no such run folder or checkpoint; name a folder that 'gan train' made, or a .ckpt file.");
        (Checkpoint checkpoint, string path, string which) = Directory.Exists(run) ? new RunFolder(run).Chosen() : (Checkpoint.Read(run), run, "");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string target = arguments.Out ?? (generator ? new RunFolder(folder).GeneratorFile : Path.Combine(folder, "discriminator.onnx"));
        // Without a name, it is one of the run's own files, which are made anew as often as somebody asks.
        if (arguments.Out is null) OwnedFolder.RefuseLink(target);
        bool force = arguments.Force || arguments.Out is null;
        OutputFiles.RefuseInput("--out", target, path, new RunFolder(folder).LastCheckpoint);
        OutputFiles.Check(force, target); // before anything is said, which is not to get into a file on standard output
        if (which.Length > 0) Screen.Say($"going on with {which}: {path}");
        if (arguments.DryRun) Screen.Say($"{checkpoint.Options.System} after {checkpoint.Header.Step} steps; nothing was written, without --dry-run it goes " +
            $"to {target}.");
        else
        {
            using OutputFiles claimed = OutputFiles.Claim(force, target);
            if (generator) _ = Export(checkpoint, target, options);
            else ExportDiscriminator(checkpoint, target, options);
        }
    }

    /// <summary>Exports the generator, verifies it and says what came out.</summary>
    public static ExportReport Export(Checkpoint checkpoint, string target, ExportOptions? options = null)
    {
        Devices.UseThreads(checkpoint.Options.Threads);
        using Training.Networks.Generator generator = checkpoint.BuildGenerator(new torch.Device("cpu"));
        return Say(GeneratorExporter.Export(generator, Provenance(checkpoint), target, options));
    }

    private static void ExportDiscriminator(Checkpoint checkpoint, string target, ExportOptions options)
    {
        Devices.UseThreads(checkpoint.Options.Threads);
        (Training.Networks.Discriminator discriminator, Training.Networks.NetworkContext context) = checkpoint.BuildDiscriminator(new torch.Device("cpu"));
        using (discriminator) Say(DiscriminatorExporter.Export(discriminator, context, Provenance(checkpoint), target, options));
    }

    private static ExportReport Say(ExportReport report)
    {
        string differences = string.Join(", ", report.Info.Verification.Select(c => FormattableString.Invariant($"{c.Difference:E1} at batch {c.Batch}")));
        double mean = report.Info.Verification[^1].Deviation;
        Screen.Say($"exported {report.Path}: {report.Bytes} bytes, opset {report.Opset}; operators, types and shapes checked; largest difference between " +
            $"ONNX Runtime and TorchSharp: {differences}; on average {mean.ToString("P3", CultureInfo.InvariantCulture)} of the spread");
        return report;
    }

    private static ExportOptions Options(ExportArguments arguments) => new()
    {
        Weights = arguments.Weights switch
        {
            "fp32" => WeightPrecision.Float32,
            "fp16" => WeightPrecision.Float16,
            "int8" => WeightPrecision.Int8,
            _ => throw UserErrorException.Usage($"--weights {arguments.Weights}: it is fp32, fp16 or int8."),
        },
        Clamp = arguments.Pixels switch
        {
            "clamped" => true,
            "float" or "uint8" => false,
            _ => throw UserErrorException.Usage($"--pixels {arguments.Pixels}: it is float, clamped or uint8."),
        },
        Bytes = arguments.Pixels == "uint8",
        LatentScale = arguments.Truncation,
        NoiseInside = arguments.NoiseInside,
        Opset = arguments.Opset,
        Names = Names(arguments.Names),
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

    private static GeneratorMetadata Provenance(Checkpoint checkpoint) => new()
    {
        System = checkpoint.Options.System,
        Configuration = checkpoint.Header.Options,
        DataName = checkpoint.Header.DataName,
        DataSha256 = checkpoint.Header.DataSha256,
        Steps = checkpoint.Header.Step,
        Seed = checkpoint.Options.Seed,
        Versions = new[] { typeof(ExportStage), typeof(torch), typeof(InferenceSession), typeof(object) }.Select(t => t.Assembly.GetName())
            .ToDictionary(n => n.Name!, n => n.Version!.ToString()),
    };
}
