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
    public static void Run(TrainArguments arguments, CancellationToken stop)
    {
        OutputFiles.CheckFolder(arguments.Out);
        if (!arguments.DryRun && FinishedRun.IsThere(arguments, FinishedRun.Train)) return;
        var clock = Stopwatch.StartNew();
        torch.Device device = Devices.Resolve(arguments.Device);
        Devices.UseThreads(arguments.Options.Threads);
        using Dataset data = Load(arguments, DataSplit.Train);
        if (arguments.DryRun)
        {
            DryRun(arguments, data, device);
            return;
        }
        RunOutcome outcome = Train(arguments with { Mode = arguments.Mode with { MaxTime = arguments.Mode.MaxTime - clock.Elapsed } }, data, device, stop);
        if (!outcome.CanGoOn) FinishedRun.Write(arguments, FinishedRun.Train);
    }

    /// <summary>Reads or makes a part of the preset's data, and says what was left out of it.</summary>
    public static Dataset Load(TrainArguments arguments, DataSplit split) => Load(arguments.Options.Data, arguments.Data, split, arguments.Options.Seed);

    /// <summary>Reads or makes a part of data, and says what was left out of it.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or is not fit to be learnt from or to judge by.</exception>
    public static Dataset Load(DataOptions options, string? path, DataSplit split, ulong seed)
    {
        Dataset data = options.Load(path, split, seed);
        foreach (string note in data.Notes) Screen.Note(note);
        return data.Problem is { } problem ? throw new UserErrorException(problem) : data;
    }

    /// <summary>Says which classes the test part lacks; refuses one that belongs to other training data.</summary>
    public static void CheckTestPart(Dataset train, Dataset test)
    {
        if (train.CheckTestPart(test) is { } note) Screen.Note($"warning: {note}");
    }

    /// <summary>The classes and how many samples each has, in a line.</summary>
    public static string Classes(Dataset data)
    {
        const int Most = 24;
        long[] counts = data.ClassCounts();
        string some = string.Join(", ", counts.Take(Most).Select((n, c) => $"{data.ClassNames[c]} {n}"));
        return $"{counts.Length} {(counts.Length == 1 ? "class" : "classes")}: {some}{(counts.Length > Most ? $" and {counts.Length - Most} more" : "")}";
    }

    /// <summary>Trains and says where; ends as <see cref="TrainingRun.Train"/> does.</summary>
    public static RunOutcome Train(TrainArguments arguments, Dataset data, torch.Device device, CancellationToken stop)
    {
        var folder = new RunFolder(arguments.Out);
        using IDisposable claim = folder.Open(arguments.Mode.Resume);
        if (arguments.Options.Update is PrivateOptions)
        {
            Screen.Note("warning: the noise of 'update: private' follows from the seed, which the run folder and the generator file hold; choose one that " +
                "nobody can guess, and give away " +
                "generated rows alone. 'gan anonymize --epsilon' draws a secret seed and keeps none.");
        }
        if (TorchLibrary.Note is { } note && data.Format.Kind == SampleFormat.Image && device.type == DeviceType.CPU) Screen.Note($"note: {note}.");
        Screen.Note($"training {arguments.Options.System} on {data.Count} samples of {data.Name} ({device}, {torch.get_num_threads()} threads)");
        if (data.ClassNames.Count > 0) Screen.Note(Classes(data));
        var preparing = Stopwatch.StartNew();
        using SampleEvaluation? evaluation = Measured(arguments, data, stop);
        QualityProbe? probe = evaluation is null ? null : new QualityProbe(evaluation, arguments.Options.Seed) { Preparing = preparing.Elapsed };
        var report = new LiveReport(arguments, data, device, probe);
        var events = new EventLog(folder, Screen.Note);
        using IDisposable held = Stopping.Hold();
        FinishedRun.Remove(arguments.Out);
        try
        {
            RunMode mode = arguments.Mode with { Probe = probe };
            RunOutcome outcome = Screen.Training(arguments.Options.Epochs,
                observer => TrainingRun.Train(arguments.Options, data, device, folder, mode, new RunObservers(observer, events, report), stop));
            report.End(outcome.EndedEarly is { } early ? $"ended early: {early}" : "finished");
            Screen.Say($"trained {outcome.Last.Header.Step} steps: {folder.LastCheckpoint}");
            if (outcome.EndedEarly is { } why) Screen.Note($"the run ended early: {why}.");
            return outcome;
        }
        catch (OperationCanceledException) when (File.Exists(folder.LastCheckpoint))
        {
            report.End("stopped");
            Stopping.Remedy = $"{folder.LastCheckpoint} holds the last step. Go on with --resume.";
            throw;
        }
        catch (UserErrorException e)
        {
            report.Fail(e.Message);
            throw;
        }
    }

    /// <summary>
    /// What samples are measured with during training, where the preset asks for that. The test part that it sees is only measured with, never learnt from.
    /// </summary>
    private static SampleEvaluation? Measured(TrainArguments arguments, Dataset train, CancellationToken stop)
    {
        using Dataset? test = MeasuredPart(arguments, train);
        return test is null ? null : SampleEvaluation.For(train, test, new EvaluationSettings(arguments.Options.Seed), stop);
    }

    /// <summary>The test part that samples are measured with during training; null where they are not.</summary>
    private static Dataset? MeasuredPart(TrainArguments arguments, Dataset train)
    {
        if (arguments.Options.QualityEvery == 0) return null;
        _ = ArrayLimit.Check((Int128)QualityProbe.Samples * train.Format.Size,
            $"{QualityProbe.Samples} samples of {train.Format.Size} numbers to measure quality", "set quality_every=0");
        Dataset test = Load(arguments, DataSplit.Test);
        CheckTestPart(train, test);
        return test;
    }

    /// <summary>Checks what training would check first, and says what it would do.</summary>
    public static void DryRun(TrainArguments arguments, Dataset data, torch.Device device)
    {
        MeasuredPart(arguments, data)?.Dispose();
        using var trainer = new Trainer(arguments.Options, data, device);
        new RunFolder(arguments.Out).Check(arguments.Mode.Resume);
        Screen.Say($"{arguments.Options.System}: {data.Count} samples of {data.Name} [{string.Join(", ", data.Format.Shape)}], {trainer.TotalSteps} steps in " +
            $"{arguments.Options.Epochs} epochs on {device}.");
        long[] counts = data.ClassCounts();
        if (counts.Length > 0) Screen.Table(["class", "samples"], counts.Select((c, i) => new[] { data.ClassNames[i], $"{c}" }));
        Screen.Say($"Nothing was written; without --dry-run it goes to {arguments.Out}.");
    }
}
