using System.Diagnostics;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Report;
using GanPipeline.Report.Runs;
using GanPipeline.Training;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Data;
using GanPipeline.Training.Runs;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>The whole pipeline: each stage reads what the one before it wrote.</summary>
internal static class RunStage
{
    private const int ExampleSamples = 100, TimedSamples = 2048;

    /// <summary>Of --max-time; the rest is for exporting and judging what was trained.</summary>
    private const double TrainingShare = 0.8;

    public static void Run(TrainArguments given, CancellationToken stop)
    {
        TrainArguments arguments = given with { Options = given.Options with { Data = given.Options.Data.WithTestPart() } };
        if (arguments.DryRun)
        {
            DryRun(arguments);
            return;
        }
        OutputFiles.CheckFolder(arguments.Out);
        if (FinishedRun.IsThere(arguments, FinishedRun.Run)) return;
        var clock = Stopwatch.StartNew();
        Stopping.Remedy = "The same command with --resume goes on.";
        TimeSpan? limit = arguments.Mode.MaxTime;
        if (limit is { } most) Stopping.After(most, "the time is over (--max-time) before all was done.");
        torch.Device device = Devices.Resolve(arguments.Device);
        Devices.UseThreads(arguments.Options.Threads);
        var folder = new RunFolder(arguments.Out);
        using IDisposable claim = folder.Open(arguments.Mode.Resume);
        using Dataset train = TrainStage.Load(arguments, DataSplit.Train), test = TrainStage.Load(arguments, DataSplit.Test);
        QualityReport quality = Checked(train, test);

        RunOutcome outcome = TrainStage.Train(arguments with { Mode = arguments.Mode with { MaxTime = TrainingShare * limit - clock.Elapsed } }, train, device,
            stop);
        if (outcome.Last.Header.Step == 0)
            throw new UserErrorException("the time is over (--max-time) before the first step of training; give more.") { Kind = ErrorKind.Passing };
        TimeSpan trained = clock.Elapsed;
        (Checkpoint checkpoint, string path, string which) = folder.Chosen();
        Screen.Say($"going on with {which}: {path}");
        var cost = new CostTable(arguments.Out);
        cost.AddTraining(arguments.Options.Batch);
        cost.Measure("export", 0, () => ExportStage.Export(checkpoint, folder.GeneratorFile));
        Stopping.Remedy = $"{folder.GeneratorFile} is there, and not all of it is judged. The same command with --resume goes on.";
        using GeneratorSession generator = GeneratorSession.Open(folder.GeneratorFile);
        GenerateStage.Generate(generator, folder.In(quality.Examples), ExampleSamples, arguments.Options.Seed, stop);
        cost.Measure("generation (ONNX Runtime)", TimedSamples, () => GenerateStage.Time(generator, TimedSamples, arguments.Options.Seed));
        ClassPictures.Write(generator, arguments.Out, arguments.Options.Seed);
        Devices.UseThreads(quality.Threads); // the preset's thread count is for its own networks
        IReadOnlyList<MetricResult> results = cost.Measure("evaluation", 0,
            () => quality.Measure(new QualityContext(train, test, generator, folder, arguments.Options.Seed), stop));
        QualityCsv.Write(folder.In("quality.csv"), results);
        QualityCsv.WriteMeanings(folder.In("quality-metrics.csv"), results);
        EventLog.AddFinal(folder, RunData.ReadQuality(arguments.Out)
            .Select(q => (string.Join('/', new[] { q.Metric, q.Data, q.Class }.Where(part => part.Length > 0)), q.Value)));
        EvaluateStage.Show(results);
        Screen.Say("");
        Screen.Say($"wrote {RunReport.Write(arguments.Out)}: open it in a browser");
        Screen.Say(FormattableString.Invariant($"done in {clock.Elapsed.TotalSeconds:F0} s ({trained.TotalSeconds:F0} s of it training): {arguments.Out}"));
        if (outcome.EndedEarly is { } why) Screen.Say($"training ended early: {why}");
        if (!outcome.CanGoOn) FinishedRun.Write(arguments, FinishedRun.Run);
    }

    /// <summary>What judges the data; refuses those that nothing can be judged by, before anything is trained.</summary>
    private static QualityReport Checked(Dataset train, Dataset test)
    {
        TrainStage.CheckTestPart(train, test);
        QualityReport quality = QualityReport.For(train.Format);
        quality.Check(train, test);
        return quality;
    }

    private static void DryRun(TrainArguments arguments)
    {
        OutputFiles.CheckFolder(arguments.Out);
        torch.Device device = Devices.Resolve(arguments.Device);
        Devices.UseThreads(arguments.Options.Threads);
        using Dataset train = TrainStage.Load(arguments, DataSplit.Train), test = TrainStage.Load(arguments, DataSplit.Test);
        _ = Checked(train, test);
        TrainStage.DryRun(arguments, train, device);
    }
}
