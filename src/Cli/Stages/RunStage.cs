using System.Diagnostics;
using GanPipeline.Cli.Commands;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Inference;
using GanPipeline.Report;
using GanPipeline.Report.TensorBoard;
using GanPipeline.Training;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Data;
using GanPipeline.Training.Runs;
using TorchSharp;

namespace GanPipeline.Cli.Stages;

/// <summary>The whole pipeline: each stage reads what the one before it wrote.</summary>
internal static class RunStage
{
    private const int ExampleSamples = 100, TimedSamples = 2048;

    public static void Run(TrainArguments given, CancellationToken stop)
    {
        TrainArguments arguments = given with { Options = given.Options with { Data = given.Options.Data.WithTestPart() } };
        if (arguments.DryRun)
        {
            TrainStage.Run(arguments, stop);
            return;
        }
        var clock = Stopwatch.StartNew();
        torch.Device device = Devices.Resolve(arguments.Device);
        Devices.UseThreads(arguments.Options.Threads);
        var folder = new RunFolder(arguments.Out);
        using Dataset train = TrainStage.Load(arguments, DataSplit.Train), test = TrainStage.Load(arguments, DataSplit.Test);
        QualityReport quality = QualityReport.For(train.Format);
        quality.Check(train, test);

        _ = TrainStage.Train(arguments, train, device, stop);
        TimeSpan trained = clock.Elapsed;
        (Checkpoint checkpoint, string path, string which) = folder.Chosen();
        Screen.Say($"going on with {which}: {path}");
        var cost = new CostTable(arguments.Out);
        cost.AddTraining(arguments.Options.Batch);
        cost.Measure("export", 0, () => ExportStage.Export(checkpoint, folder.GeneratorFile));
        using GeneratorSession generator = GeneratorSession.Open(folder.GeneratorFile);
        GenerateStage.Generate(generator, folder.In(quality.Examples), ExampleSamples, arguments.Options.Seed, stop);
        cost.Measure("generation (ONNX Runtime)", TimedSamples, () => GenerateStage.Time(generator, TimedSamples, arguments.Options.Seed));
        ClassPictures.Write(generator, arguments.Out, arguments.Options.Seed);
        Devices.UseThreads(quality.Threads); // the preset's thread count is for its own networks
        IReadOnlyList<MetricResult> results = cost.Measure("evaluation", 0,
            () => quality.Measure(new QualityContext(train, test, generator, folder, arguments.Options.Seed), stop));
        QualityCsv.Write(folder.In("quality.csv"), results);
        QualityCsv.WriteMeanings(folder.In("quality-metrics.csv"), results);
        new EventFile(arguments.Out).AddQuality();
        EvaluateStage.Show(results);
        Screen.Say("");
        Screen.Say($"wrote {RunReport.Write(arguments.Out)}: open it in a browser");
        Screen.Say(FormattableString.Invariant($"done in {clock.Elapsed.TotalSeconds:F0} s ({trained.TotalSeconds:F0} s of it training): {arguments.Out}"));
    }
}
