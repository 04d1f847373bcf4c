using System.Diagnostics;
using GanPipeline.Primitives;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Metrics;
using static TorchSharp.torch;

namespace GanPipeline.Training.Runs;

/// <summary>A run in its folder: steps, and what is written between them.</summary>
public static class TrainingRun
{
    /// <summary>Trains to the end, or until it is told to stop, in which case a checkpoint holds the last step.</summary>
    /// <param name="options">What to train.</param>
    /// <param name="data">What to train on, on the CPU.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="folder">Where to write.</param>
    /// <param name="resume">Whether to go on with the run that the folder holds; one that was stopped before its first checkpoint begins anew.</param>
    /// <param name="observer">Hears what happens.</param>
    /// <param name="stop">Ends the run after the step that it is in.</param>
    /// <returns>The state at the end, as in the last checkpoint.</returns>
    /// <exception cref="UserErrorException">The folder, the options or the data do not fit, or training diverged.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop; the checkpoint is written.</exception>
    public static Checkpoint Train(
        RunOptions options, Dataset data, Device device, RunFolder folder, bool resume, IRunObserver observer, CancellationToken stop)
    {
        using var trainer = new Trainer(options, data, device);
        folder.Open(resume);
        if (resume && File.Exists(folder.LastCheckpoint))
        {
            var last = Checkpoint.Read(folder.LastCheckpoint);
            last.CheckSameRun(options, data, folder.LastCheckpoint);
            trainer.Load(last);
        }
        folder.Claim(Preset.ToYaml(options));
        using var metrics = new MetricsCsv(folder.Metrics, trainer.Step);
        using var sheet = new SampleSheet(options, data, device);
        observer.Started(trainer.Step, trainer.TotalSteps, trainer.StepsPerEpoch);
        var clock = Stopwatch.StartNew();
        long measured = trainer.Step;
        while (trainer.Step < trainer.TotalSteps)
        {
            if (stop.IsCancellationRequested)
            {
                SaveCheckpoint(trainer, folder, observer);
                stop.ThrowIfCancellationRequested();
            }
            trainer.TakeStep();
            observer.Stepped(trainer.Step);
            long epoch = (trainer.Step + trainer.StepsPerEpoch - 1) / trainer.StepsPerEpoch;
            bool epochEnds = trainer.Step % trainer.StepsPerEpoch == 0;
            if (epochEnds || trainer.Step % options.LogEvery == 0)
            {
                MetricRow row = Measure(trainer, epoch, (trainer.Step - measured) * options.Batch / clock.Elapsed.TotalSeconds);
                metrics.Write(row);
                observer.Measured(row);
                measured = trainer.Step;
                clock.Restart();
            }
            if (!epochEnds) continue;
            if (options.SampleEvery > 0 && epoch % options.SampleEvery == 0)
            {
                trainer.Refresh();
                sheet.Write(trainer.Sampler, folder.Samples(epoch));
                observer.Wrote(folder.Samples(epoch));
            }
            if (epoch % options.CheckpointEvery == 0 && trainer.Step < trainer.TotalSteps) SaveCheckpoint(trainer, folder, observer);
            clock.Restart();
        }
        return SaveCheckpoint(trainer, folder, observer);
    }

    private static MetricRow Measure(Trainer trainer, long epoch, double samplesPerSecond)
    {
        (float discriminatorLoss, float generatorLoss, float realScore, float fakeScore) = trainer.TakeMeans();
        return new MetricRow
        {
            Epoch = epoch, Step = trainer.Step, DiscriminatorLoss = discriminatorLoss,
            GeneratorLoss = generatorLoss, RealScore = realScore, FakeScore = fakeScore,
            SamplesPerSecond = Math.Round(samplesPerSecond, 1), ResidentMib = Math.Round(Environment.WorkingSet / 1048576.0, 1),
        };
    }

    private static Checkpoint SaveCheckpoint(Trainer trainer, RunFolder folder, IRunObserver observer)
    {
        trainer.Refresh();
        Checkpoint checkpoint = trainer.Save();
        checkpoint.Write(folder.LastCheckpoint);
        observer.Wrote(folder.LastCheckpoint);
        return checkpoint;
    }
}
