using System.Diagnostics;
using GanPipeline.Cli.Commands;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Inference;
using GanPipeline.Report;
using GanPipeline.Training;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Data;
using GanPipeline.Training.Runs;
using TorchSharp;

namespace GanPipeline.Cli.Stages;

/// <summary>The whole pipeline: each stage reads what the one before it wrote.</summary>
internal static class RunStage
{
    private const int PictureSamples = 100, TimedSamples = 2048, MostJudged = 10_000;

    public static void Run(TrainArguments arguments, CancellationToken stop)
    {
        if (arguments.DryRun)
        {
            TrainStage.Run(arguments, stop);
            return;
        }
        var clock = Stopwatch.StartNew();
        torch.Device device = Devices.Resolve(arguments.Device);
        Devices.Prepare(arguments.Options.Threads);
        var folder = new RunFolder(arguments.Out);
        using Dataset train = TrainStage.Load(arguments, DataSplit.Train), test = TrainStage.Load(arguments, DataSplit.Test);
        QualityReport quality = QualityReport.For(train.Format);

        Checkpoint checkpoint = TrainStage.Train(arguments, train, device, stop);
        TimeSpan trained = clock.Elapsed;
        if (arguments.Options.QualityEvery > 0 && File.Exists(folder.BestCheckpoint))
        {
            checkpoint = Checkpoint.Read(folder.BestCheckpoint);
            Screen.Say($"going on with the best state, of step {checkpoint.Header.Step}: {folder.BestCheckpoint}");
        }
        var cost = new CostTable(arguments.Out);
        cost.AddTraining(arguments.Options.Batch);
        cost.Measure("export", 0, () => ExportStage.Export(checkpoint, folder.GeneratorFile));
        using GeneratorSession generator = GeneratorSession.Open(folder.GeneratorFile);
        GenerateStage.Generate(generator, folder.In("generated.png"), PictureSamples, arguments.Options.Seed, stop);
        cost.Measure("generation (ONNX Runtime)", TimedSamples, () => GenerateStage.Generate(generator, TimedSamples, arguments.Options.Seed));
        ClassPictures.Write(generator, arguments.Out, arguments.Options.Seed);
        Devices.Prepare(quality.Threads); // the preset's thread count is for its own networks
        IReadOnlyList<MetricResult> results = cost.Measure("evaluation", 0, () => Evaluate(arguments, train, test, generator, quality, folder, stop));
        QualityCsv.Write(folder.In("quality.csv"), results);
        EvaluateStage.Show(results);
        Screen.Say("");
        Screen.Say($"wrote {RunReport.Write(arguments.Out)}: open it in a browser");
        Screen.Say(FormattableString.Invariant($"done in {clock.Elapsed.TotalSeconds:F0} s ({trained.TotalSeconds:F0} s of it training): {arguments.Out}"));
    }

    /// <summary>Samples as <c>gan evaluate</c> judges them, then what up-sampling with the generator is worth.</summary>
    private static IReadOnlyList<MetricResult> Evaluate(
        TrainArguments arguments, Dataset train, Dataset test, GeneratorSession generator, QualityReport quality, RunFolder folder, CancellationToken stop)
    {
        ulong seed = arguments.Options.Seed;
        using SampleEvaluation evaluation = SampleEvaluation.For(train, test, new EvaluationSettings(seed), stop);
        var samples = GeneratedSamples.From(generator, (int)Math.Min(MostJudged, test.Count), seed);
        IReadOnlyList<MetricResult> ofSamples = evaluation.Measure(samples, [], folder.In("pictures"), stop);
        if (train.Labels is null || !generator.IsConditional) return ofSamples; // up-sampling needs classes that can be asked for
        var context = new QualityContext(LabelledRows.Of(train), LabelledRows.Of(test), train.Format, evaluation, generator, folder.GeneratorFile, seed, folder.In("upsampled.png"));
        return [.. ofSamples, .. quality.Measure(context, stop)];
    }
}
