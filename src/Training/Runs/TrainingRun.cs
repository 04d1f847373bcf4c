using System.Diagnostics;
using System.Globalization;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Data;
using GanPipeline.Training.Metrics;
using static TorchSharp.torch;

namespace GanPipeline.Training.Runs;

/// <summary>A run in its folder: steps, and what is measured and written between them.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly RunOptions _options;
    private readonly RunFolder _folder;
    private readonly RunMode _mode;
    private readonly IRunObserver _observer;
    private readonly Device _device;
    private readonly Trainer _trainer;
    private readonly IDisposable _claim;
    private readonly MetricsCsv _metrics;
    private readonly SampleSheet? _sheet;
    private readonly CollapseWatch _collapse;
    private readonly Stopwatch _sinceRow = new(), _whole = Stopwatch.StartNew();
    private long _lastRow;

    private TrainingRun(RunOptions options, Dataset data, Device device, RunFolder folder, RunMode mode, IRunObserver observer)
    {
        (_options, _device, _folder, _mode, _observer) = (options, device, folder, mode, observer);
        _trainer = new Trainer(options, data, device);
        try
        {
            _claim = folder.Open(mode.Resume);
            if (mode.Resume && File.Exists(folder.LastCheckpoint))
            {
                var last = Checkpoint.Read(folder.LastCheckpoint);
                foreach (string difference in last.CheckSameRun(options, data, folder.LastCheckpoint, mode.Override)) observer.Warned(
                    $"resumed with another option: {difference}");
                _trainer.Load(last);
                if (_trainer.Step > _trainer.TotalSteps)
                    throw new UserErrorException($"{folder.LastCheckpoint}: it holds {_trainer.Step} steps, and with these options the run ends after " +
                        $"{_trainer.TotalSteps}; raise 'epochs' or 'steps' to go on, or use the run as it is.");
            }
            folder.Claim(Preset.ToYaml(options));
            _metrics = new MetricsCsv(folder.Metrics, _trainer.Step);
            _sheet = SampleSheet.For(options, data, device);
            _collapse = new CollapseWatch(options, data, device);
            _lastRow = _trainer.Step;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Trains to the end, or until it is told to stop, in which case a checkpoint holds the last step.</summary>
    /// <param name="options">What to train.</param>
    /// <param name="data">What to train on, on the CPU.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="folder">Where to write.</param>
    /// <param name="mode">How to go about it.</param>
    /// <param name="observer">Hears what happens.</param>
    /// <param name="stop">Ends the run after the step that it is in.</param>
    /// <exception cref="UserErrorException">The folder, the options or the data do not fit, or training diverged.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop; the checkpoint is written.</exception>
    public static RunOutcome Train(
        RunOptions options, Dataset data, Device device, RunFolder folder, RunMode mode, IRunObserver observer, CancellationToken stop)
    {
        using var run = new TrainingRun(options, data, device, folder, mode, observer);
        return run.Train(stop);
    }

    private RunOutcome Train(CancellationToken stop)
    {
        _observer.Started(_trainer.Step, _trainer.TotalSteps, _trainer.StepsPerEpoch);
        _sinceRow.Start();
        while (_trainer.Step < _trainer.TotalSteps && !TimeIsOver && !PatienceIsOver)
        {
            if (stop.IsCancellationRequested)
            {
                Save(_folder.LastCheckpoint);
                stop.ThrowIfCancellationRequested();
            }
            _trainer.TakeStep();
            _observer.Stepped(_trainer.Step);
            bool epochEnds = _trainer.Step % _trainer.StepsPerEpoch == 0;
            if (epochEnds) EndEpoch(_trainer.Step / _trainer.StepsPerEpoch);
            else if (_trainer.Step % _options.LogEvery == 0) WriteRow();
        }
        Checkpoint last = Save(_folder.LastCheckpoint);
        if (_trainer.Step == _trainer.TotalSteps) return new RunOutcome(last, EndedEarly: null, CanGoOn: false);
        return PatienceIsOver
            ? new RunOutcome(last, string.Create(CultureInfo.InvariantCulture, $"its quality got no better in {_trainer.Best.Since} measurements (patience); " +
                $"the best, {_trainer.Best.Quality:G4}, was at step {_trainer.Best.Step}"), CanGoOn: false)
            : new RunOutcome(last, $"its time was over (--max-time) after {_trainer.Step} of {_trainer.TotalSteps} steps; go on with --resume", CanGoOn: true);
    }

    private bool TimeIsOver => _whole.Elapsed >= _mode.MaxTime;

    private bool PatienceIsOver => _options.Patience > 0 && _trainer.Best.Since >= _options.Patience;

    private void EndEpoch(long epoch)
    {
        _sinceRow.Stop();
        bool draws = IsDue(_options.SampleEvery, epoch), measures = _mode.Probe is not null && IsDue(_options.QualityEvery, epoch);
        if (draws || measures) _trainer.Refresh();
        double? diversity = draws ? LookForCollapse() : null;
        bool best = false;
        double? quality = measures ? Measure(_mode.Probe!, out best) : null;
        WriteRow(quality, diversity);
        if (best) Save(_folder.BestCheckpoint);
        if (draws && _sheet is not null)
        {
            _folder.MakeSamples();
            _sheet.Write(_trainer.Sampler, _folder.Samples(epoch));
            _observer.Wrote(_folder.Samples(epoch));
        }
        if (epoch % _options.CheckpointEvery == 0 && _trainer.Step < _trainer.TotalSteps) Save(_folder.LastCheckpoint);
        _sinceRow.Start();
    }

    private static bool IsDue(int every, long epoch) => every > 0 && epoch % every == 0;

    private double LookForCollapse()
    {
        (double diversity, string? warning) = _collapse.Look(_trainer.Sampler);
        if (warning is not null) _observer.Warned($"step {_trainer.Step}: {warning}");
        return diversity;
    }

    private double Measure(IQualityProbe probe, out bool isBest)
    {
        double quality = probe.Measure((count, seed) => SampleSource.Draw(_trainer.Sampler, count, seed, _device));
        _trainer.Best = _trainer.Best.After(quality, _trainer.Step, probe.LowerIsBetter);
        isBest = _trainer.Best.Step == _trainer.Step;
        return quality;
    }

    private void WriteRow(double? quality = null, double? diversity = null)
    {
        StepMeans means = _trainer.TakeMeans();
        (double discriminatorRate, double generatorRate) = _trainer.LearningRates;
        var row = new MetricRow
        {
            Epoch = (_trainer.Step + _trainer.StepsPerEpoch - 1) / _trainer.StepsPerEpoch,
            Step = _trainer.Step,
            DiscriminatorLoss = (float)means.DiscriminatorLoss,
            GeneratorLoss = (float)means.GeneratorLoss,
            RealScore = (float)means.RealScore,
            FakeScore = (float)means.FakeScore,
            DiscriminatorAccuracy = (float)means.DiscriminatorAccuracy,
            ClassAccuracy = (float?)means.ClassAccuracy,
            DiscriminatorGradient = (float)means.DiscriminatorGradient,
            GeneratorGradient = (float)means.GeneratorGradient,
            DiscriminatorLearningRate = discriminatorRate,
            GeneratorLearningRate = generatorRate,
            Quality = quality,
            Diversity = diversity,
            SamplesPerSecond = Math.Round((_trainer.Step - _lastRow) * _options.Batch * _options.Update.BatchesPerStep / _sinceRow.Elapsed.TotalSeconds, 1),
            ResidentMib = Math.Round(Environment.WorkingSet / 1048576.0, 1),
        };
        _metrics.Write(row);
        _observer.Measured(row);
        _lastRow = _trainer.Step;
        if (_sinceRow.IsRunning) _sinceRow.Restart();
        else _sinceRow.Reset();
    }

    private Checkpoint Save(string path)
    {
        _trainer.Refresh();
        Checkpoint checkpoint = _trainer.Save();
        checkpoint.Write(path);
        _observer.Wrote(path);
        return checkpoint;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // What the constructor did not come to is not there.
        _collapse?.Dispose();
        _sheet?.Dispose();
        _metrics?.Dispose();
        _trainer.Dispose();
        _claim?.Dispose();
    }
}
