using GanPipeline.Export;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Runs;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using FileOptions = GanPipeline.Export.ExportOptions;

namespace GanPipeline.Stages;

/// <summary>Checkpoint in, generator (or discriminator) file out.</summary>
internal static class ExportStage
{
    public static ExportResult Run(ExportRunOptions options, StageContext context)
    {
        Source source = Source.Of(options);
        using OutputFiles claimed = OutputFiles.Claim(source.Replaces, source.Target);
        ExportReport report = options.Network == ExportedNetwork.Generator ? ExportGenerator(source.Checkpoint, source.Target, InFile(options), context)
            : ExportDiscriminator(source.Checkpoint, source.Target, InFile(options), context);
        return Result(report) with { Checkpoint = source.Path, Which = source.Which };
    }

    /// <summary>Checks what exporting would check first, and says what it would do; writes nothing.</summary>
    public static ExportPlan Plan(ExportRunOptions options)
    {
        Source source = Source.Of(options);
        OutputFiles.Check(source.Replaces, source.Target);
        return new ExportPlan(source.Checkpoint.Options.System, source.Checkpoint.Header.Step, source.Target, source.Path, source.Which);
    }

    /// <summary>Exports the generator and verifies it.</summary>
    public static ExportResult Export(Checkpoint checkpoint, string target, StageContext context) =>
        Result(ExportGenerator(checkpoint, target, null, context));

    private static ExportReport ExportGenerator(Checkpoint checkpoint, string target, FileOptions? options, StageContext context)
    {
        Devices.UseThreads(checkpoint.Options.Threads);
        using Generator generator = checkpoint.BuildGenerator(new torch.Device("cpu"));
        Calibrate(generator, checkpoint.Options.Seed, new torch.Device("cpu"), context);
        return GeneratorExporter.Export(generator, Provenance(checkpoint), target, options, Watch(target, context));
    }

    /// <summary>Has values of a table's rows lack as often as in the training rows of their class, and says where they do not.</summary>
    public static void Calibrate(Generator generator, ulong seed, torch.Device device, StageContext context)
    {
        foreach (MissingGap gap in MissingCalibration.Fit(generator, seed, device, context.Stop)) context.Warn(gap.ToString());
    }

    private static ExportReport ExportDiscriminator(Checkpoint checkpoint, string target, FileOptions options, StageContext context)
    {
        Devices.UseThreads(checkpoint.Options.Threads);
        (Discriminator discriminator, NetworkContext built) = checkpoint.BuildDiscriminator(new torch.Device("cpu"));
        using (discriminator)
            return DiscriminatorExporter.Export(discriminator, built, Provenance(checkpoint), target, options, Watch(target, context));
    }

    private static ExportWatch Watch(string target, StageContext context) => new(
        check => context.Detail($"{target}: compared with the network, batch {check.Batch}, on average {check.Deviation:g2} of the spread apart"),
            context.Stop);

    private static ExportResult Result(ExportReport report) => new(report.Path, report.Info, report.Opset, report.Bytes);

    private static FileOptions InFile(ExportRunOptions options) => new()
    {
        Weights = options.Weights,
        Clamp = options.Pixels == ExportedPixels.Clamped,
        Bytes = options.Pixels == ExportedPixels.Bytes,
        LatentScale = options.Truncation,
        NoiseInside = options.NoiseInside,
        Opset = options.Opset,
        Names = options.Names,
    };

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

    /// <summary>What is exported, and where to.</summary>
    private sealed record Source(Checkpoint Checkpoint, string Path, string Which, string Target, bool Replaces)
    {
        public static Source Of(ExportRunOptions options)
        {
            string run = options.Run;
            if (!System.IO.Path.Exists(run))
                throw new UserErrorException($"{run}: no such run folder or checkpoint; name a folder that 'gan train' made, or a .ckpt file.");
            (Checkpoint checkpoint, string path, string which) = Directory.Exists(run) ? new RunFolder(run).Chosen() : (Checkpoint.Read(run), run, "");
            var folder = new RunFolder(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
            string target = options.Out ?? (options.Network == ExportedNetwork.Generator ? folder.GeneratorFile : folder.In("discriminator.onnx"));
            // Without a name, it is one of the run's own files, which are made anew as often as somebody asks.
            if (options.Out is null) OwnedFolder.RefuseLink(target);
            OutputFiles.RefuseInput("--out", target, path, folder.LastCheckpoint);
            return new Source(checkpoint, path, which, target, options.Force || options.Out is null);
        }
    }
}
