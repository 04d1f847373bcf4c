using GanPipeline.Export;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Runs;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace GanPipeline.Cli.Stages;

/// <summary>Checkpoint in, generator file out.</summary>
internal static class ExportStage
{
    public static void Run(string run, string? output, string weights, bool dryRun)
    {
        WeightPrecision precision = weights switch
        {
            "fp32" => WeightPrecision.Float32,
            "fp16" => WeightPrecision.Float16,
            "int8" => WeightPrecision.Int8,
            _ => throw new UserErrorException($"--weights {weights}: it is fp32, fp16 or int8."),
        };
        string checkpointPath = Directory.Exists(run) ? new RunFolder(run).LastCheckpoint : run;
        if (!File.Exists(checkpointPath)) throw new UserErrorException($"{run}: no checkpoint there ({checkpointPath} does not exist). Name a run folder that 'gan train' made, or a .ckpt file.");
        string target = output ?? new RunFolder(Path.GetDirectoryName(Path.GetFullPath(checkpointPath))!).GeneratorFile;
        Checkpoint checkpoint = Checkpoint.Read(checkpointPath);
        if (dryRun) Screen.Say($"{checkpoint.Options.System} after {checkpoint.Header.Step} steps; nothing was written, without --dry-run it goes to {target}.");
        else _ = Export(checkpoint, target, precision);
    }

    /// <summary>Exports, verifies and says what came out.</summary>
    public static ExportReport Export(Checkpoint checkpoint, string target, WeightPrecision weights = WeightPrecision.Float32)
    {
        Devices.Prepare(checkpoint.Options.Threads);
        using Training.Networks.Generator generator = checkpoint.BuildGenerator(new torch.Device("cpu"));
        ExportReport report = GeneratorExporter.Export(generator, Provenance(checkpoint), target, weights);
        string differences = string.Join(", ", report.Info.Verification.Select(c => FormattableString.Invariant($"{c.Difference:E1} at batch {c.Batch}")));
        Screen.Say($"exported {target}: {report.Bytes} bytes, opset {report.Opset}; largest difference between ONNX Runtime and TorchSharp: {differences}");
        return report;
    }

    private static GeneratorMetadata Provenance(Checkpoint checkpoint) => new()
    {
        System = checkpoint.Options.System, Configuration = checkpoint.Header.Options, DataName = checkpoint.Header.DataName, DataSha256 = checkpoint.Header.DataSha256,
        Steps = checkpoint.Header.Step, Seed = checkpoint.Options.Seed,
        Versions = new[] { typeof(ExportStage), typeof(torch), typeof(InferenceSession), typeof(object) }.Select(t => t.Assembly.GetName()).ToDictionary(n => n.Name!, n => n.Version!.ToString()),
    };
}
