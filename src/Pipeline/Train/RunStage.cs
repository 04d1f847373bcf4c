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

    /// <summary>Why a run ends whose time is over.</summary>
    public const string TimeIsOver = "the time is over (--max-time) before all was done.";

    /// <summary>Of the time that there is; the rest is for exporting and evaluating what was trained.</summary>
    private const double TrainingShare = 0.8;

    public static RunResult Run(TrainOptions options, StageContext context)
    {
        RunJob job = WithTestPart(options);
        OutputFiles.CheckFolder(job.Out);
        if (FinishedRun.IsThere(job, FinishedRun.Run))
            return new RunResult(TrainStage.Before(job), new RunFolder(job.Out).GeneratorFile, new RunFolder(job.Out).In("report.html"), []);
        context.Host.Remedy = "The same command with --resume goes on.";
        using var limit = new TimeLimit(context, job.Mode.MaxTime);
        return limit.Keep(() => Run(job, limit.Context), context.Stop, TimeIsOver);
    }

    /// <summary>Checks what a run would check first, and says what it would do; writes nothing.</summary>
    public static TrainPlan Plan(TrainOptions options, StageContext context)
    {
        RunJob job = WithTestPart(options);
        OutputFiles.CheckFolder(job.Out);
        torch.Device device = TrainStage.Prepared(job, context);
        TrainStage.Describe(job, device, context);
        using Dataset train = TrainStage.Load(job, DataSplit.Train, context), test = TrainStage.Load(job, DataSplit.Test, context);
        _ = Checked(train, test, context);
        return TrainStage.Plan(job, train, device, context);
    }

    private static RunJob WithTestPart(TrainOptions options)
    {
        var job = RunJob.Of(options);
        return job with { Options = job.Options with { Data = job.Options.Data.WithTestPart() } };
    }

    private static RunResult Run(RunJob job, StageContext context)
    {
        var clock = Stopwatch.StartNew();
        torch.Device device = TrainStage.Prepared(job, context);
        var folder = new RunFolder(job.Out);
        using IDisposable claim = folder.Open(job.Mode.Resume);
        using Dataset train = TrainStage.Load(job, DataSplit.Train, context), test = TrainStage.Load(job, DataSplit.Test, context);
        QualityReport quality = Checked(train, test, context);

        TimeSpan? left = TrainingShare * job.Mode.MaxTime - clock.Elapsed;
        RunOutcome outcome = TrainStage.Train(job with { Mode = job.Mode with { MaxTime = left } }, train, device, context);
        if (outcome.Last.Header.Step == 0)
            throw new UserErrorException("the time is over (--max-time) before the first step of training; give more.") { Kind = ErrorKind.Passing };
        TimeSpan trained = clock.Elapsed;
        (Checkpoint checkpoint, string path, string which) = folder.Chosen();
        var cost = new CostTable(job.Out);
        cost.AddTraining(job.Options.Batch);
        _ = context.Finished(cost.Measure("export", 0,
            () => ExportStage.Export(checkpoint, folder.GeneratorFile, context) with { Checkpoint = path, Which = which }));
        context.Host.Remedy = $"{folder.GeneratorFile} is there, and not all of it is evaluated. The same command with --resume goes on.";
        using GeneratorSession generator = GeneratorSession.Open(folder.GeneratorFile);
        RunNotes.AddGenerator(folder, generator.Info);
        _ = context.Finished(GenerateStage.Generate(generator, folder.In(quality.Examples), ExampleSamples, job.Options.Seed, context));
        cost.Measure("generation (ONNX Runtime)", TimedSamples, () => GenerateStage.Time(generator, TimedSamples, job.Options.Seed));
        ClassPictures.Write(generator, job.Out, job.Options.Seed);
        Devices.UseThreads(quality.Threads); // the preset's thread count is for its own networks
        IReadOnlyList<MetricResult> results = cost.Measure("evaluation", 0,
            () => quality.Measure(new QualityContext(train, test, generator, folder, job.Options.Seed), context));
        QualityCsv.Write(folder.In("quality.csv"), results);
        QualityCsv.WriteMeanings(folder.In("quality-metrics.csv"), results);
        EventLog.AddFinal(folder, RunData.ReadQuality(job.Out)
            .Select(q => (string.Join('/', new[] { q.Metric, q.Data, q.Class }.Where(part => part.Length > 0)), q.Value)));
        string page = RunReport.Write(job.Out);
        if (!outcome.CanGoOn) FinishedRun.Write(job, FinishedRun.Run);
        return new RunResult(TrainStage.Result(job, outcome), folder.GeneratorFile, page, results) { Elapsed = clock.Elapsed, TrainingTime = trained };
    }

    /// <summary>What evaluates the data; refuses those that nothing can be evaluated with, before anything is trained.</summary>
    private static QualityReport Checked(Dataset train, Dataset test, StageContext context)
    {
        TrainStage.CheckTestPart(train, test, context);
        var quality = QualityReport.For(train.Format);
        quality.Check(train, test);
        return quality;
    }
}
