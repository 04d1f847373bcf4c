using System.Diagnostics;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Data;
using GanPipeline.Training.Native;
using GanPipeline.Training.Runs;
using GanPipeline.Training.Updates;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>Preset and data in, run folder out.</summary>
internal static class TrainStage
{
    public static TrainResult Run(TrainOptions options, StageContext context)
    {
        RunJob job = RunJob.Of(options);
        OutputFiles.CheckFolder(job.Out);
        if (FinishedRun.IsThere(job, FinishedRun.Train)) return Before(job);
        var clock = Stopwatch.StartNew();
        torch.Device device = Prepared(job, context);
        using Dataset data = Load(job, DataSplit.Train, context);
        RunOutcome outcome = Train(job with { Mode = job.Mode with { MaxTime = job.Mode.MaxTime - clock.Elapsed } }, data, device, context);
        if (!outcome.CanGoOn) FinishedRun.Write(job, FinishedRun.Train);
        return Result(job, outcome);
    }

    /// <summary>Checks what training would check first, and says what it would do; writes nothing.</summary>
    public static TrainPlan Plan(TrainOptions options, StageContext context)
    {
        RunJob job = RunJob.Of(options);
        OutputFiles.CheckFolder(job.Out);
        torch.Device device = Prepared(job, context);
        Describe(job, device, context);
        using Dataset data = Load(job, DataSplit.Train, context);
        return Plan(job, data, device, context);
    }

    /// <summary>Says what a table's columns are, where the data are one, and refuses it for all that is in the way of training at once.</summary>
    public static void Describe(RunJob job, torch.Device device, StageContext context)
    {
        if (job.Options.Data is not TableDataOptions || job.Data is null) return;
        DescribeResult described = context.Finished(DescribeStage.Of(job.Options, job.Data, device, context));
        if (described.Refusal is { } refusal) throw new UserErrorException(refusal);
    }

    /// <summary>What <see cref="Train"/> would do.</summary>
    public static TrainPlan Plan(RunJob job, Dataset data, torch.Device device, StageContext context)
    {
        MeasuredPart(job, data, context)?.Dispose();
        using var trainer = new Trainer(job.Options, data, device);
        new RunFolder(job.Out).Check(job.Mode.Resume);
        return new TrainPlan(job.Options.System, data.Name, data.Count, [.. data.Format.Shape],
            [.. data.ClassCounts().Select((n, c) => new ClassSize(data.ClassNames[c], n))], trainer.TotalSteps, job.Options.Epochs, $"{device}", job.Out);
    }

    /// <summary>The job's device, with its number of threads set; says what the data decided.</summary>
    public static torch.Device Prepared(RunJob job, StageContext context)
    {
        if (job.Said is { } said) context.Note(said);
        torch.Device device = Devices.Resolve(job.Device);
        Devices.UseThreads(job.Options.Threads);
        return device;
    }

    /// <summary>The result of a run that was finished before.</summary>
    public static TrainResult Before(RunJob job)
    {
        string last = new RunFolder(job.Out).LastCheckpoint;
        return new TrainResult(job.Out, Checkpoint.Read(last).Header.Step, last) { WasFinished = true };
    }

    /// <summary>The result of a run.</summary>
    public static TrainResult Result(RunJob job, RunOutcome outcome) => new(job.Out, outcome.Last.Header.Step, new RunFolder(job.Out).LastCheckpoint)
    {
        EndedEarly = outcome.EndedEarly,
        CanGoOn = outcome.CanGoOn,
    };

    /// <summary>Reads or generates a part of the preset's data, and says what was left out of it.</summary>
    public static Dataset Load(RunJob job, DataSplit split, StageContext context) => Load(job.Options.Data, job.Data, split, job.Options.Seed, context);

    /// <summary>Reads or generates a part of data, and says what was left out of it.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or is not fit to be trained on or to evaluate with.</exception>
    public static Dataset Load(DataOptions options, string? path, DataSplit split, ulong seed, StageContext context)
    {
        Dataset data = options.Load(path, split, seed);
        foreach (string note in data.Notes) context.Note(note);
        return data.Problem is { } problem ? throw new UserErrorException(problem) : data;
    }

    /// <summary>Says which classes the test part lacks; refuses one that belongs to other training data.</summary>
    public static void CheckTestPart(Dataset train, Dataset test, StageContext context)
    {
        if (train.CheckTestPart(test) is { } note) context.Warn(note);
    }

    /// <summary>The classes and how many samples each has, in a line.</summary>
    public static string Classes(Dataset data)
    {
        const int Most = 24;
        long[] counts = data.ClassCounts();
        string some = string.Join(", ", counts.Take(Most).Select((n, c) => $"{data.ClassNames[c]} {n}"));
        return $"{counts.Length} {(counts.Length == 1 ? "class" : "classes")}: {some}{(counts.Length > Most ? $" and {counts.Length - Most} more" : "")}";
    }

    /// <summary>Trains; ends as <see cref="TrainingRun.Train"/> does.</summary>
    public static RunOutcome Train(RunJob job, Dataset data, torch.Device device, StageContext context)
    {
        var folder = new RunFolder(job.Out);
        using IDisposable claim = folder.Open(job.Mode.Resume);
        if (job.Options.Update is PrivateOptions)
        {
            context.Warn("the noise of 'update: private' follows from the seed, which the run folder and the generator file hold; choose one that " +
                "nobody can guess, and give away " +
                "generated rows alone. 'gan anonymize --epsilon' draws a secret seed and keeps none.");
        }
        if (TorchLibrary.Note is { } note && data.Format.Kind == SampleFormat.Image && device.type == DeviceType.CPU) context.Note($"note: {note}.");
        context.Note($"training {job.Options.System} on {data.Count} samples of {data.Name} ({device}, {torch.get_num_threads()} threads)");
        if (data.ClassNames.Count > 0) context.Note(Classes(data));
        var preparing = Stopwatch.StartNew();
        using SampleEvaluation? evaluation = Measured(job, data, context);
        QualityProbe? probe = evaluation is null ? null : new QualityProbe(evaluation, job.Options.Seed) { Preparing = preparing.Elapsed };
        var report = new LiveReport(job, data, device, probe, context);
        var events = new EventLog(folder, context.Note);
        using IDisposable held = context.Host.Hold();
        FinishedRun.Remove(job.Out);
        try
        {
            RunMode mode = job.Mode with { Probe = probe };
            var observers = new RunObservers(new ProgressObserver(context, job.Options.Epochs), events, report);
            RunOutcome outcome = TrainingRun.Train(job.Options, data, device, folder, mode, observers, context.Stop);
            report.End(outcome.EndedEarly is { } early ? $"ended early: {early}" : "finished");
            _ = context.Finished(Result(job, outcome));
            if (outcome.EndedEarly is { } why) context.Note($"the run ended early: {why}.");
            return outcome;
        }
        catch (OperationCanceledException) when (File.Exists(folder.LastCheckpoint))
        {
            report.End("stopped");
            context.Host.Remedy = $"{folder.LastCheckpoint} holds the last step. Go on with --resume.";
            throw;
        }
        catch (UserErrorException e)
        {
            report.Fail(e.Message);
            throw;
        }
    }

    /// <summary>
    /// What samples are measured with during training, where the preset asks for that. The test part that it sees is only measured with, never trained on.
    /// </summary>
    private static SampleEvaluation? Measured(RunJob job, Dataset train, StageContext context)
    {
        using Dataset? test = MeasuredPart(job, train, context);
        return test is null ? null : SampleEvaluation.For(train, test, new EvaluationSettings(job.Options.Seed), context);
    }

    /// <summary>The test part that samples are measured with during training; null where they are not.</summary>
    private static Dataset? MeasuredPart(RunJob job, Dataset train, StageContext context)
    {
        if (job.Options.QualityEvery == 0) return null;
        _ = ArrayLimit.Check((Int128)QualityProbe.Samples * train.Format.Size,
            $"{QualityProbe.Samples} samples of {train.Format.Size} numbers to measure quality", "set quality_every=0");
        Dataset test = Load(job, DataSplit.Test, context);
        CheckTestPart(train, test, context);
        return test;
    }
}
