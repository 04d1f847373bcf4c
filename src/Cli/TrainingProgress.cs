using System.Diagnostics;
using System.Globalization;
using GanPipeline.Training.Metrics;
using GanPipeline.Training.Runs;
using Spectre.Console;

namespace GanPipeline.Cli;

/// <summary>Shows a training run: a bar with epoch, losses, samples per second and time left, or a line an epoch where nobody watches.</summary>
internal sealed class TrainingProgress(ProgressTask? bar, int epochs) : IRunObserver
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _first, _total, _stepsPerEpoch, _lastShown;

    public void Started(long step, long totalSteps, long stepsPerEpoch)
    {
        (_first, _total, _stepsPerEpoch, _lastShown) = (step, totalSteps, stepsPerEpoch, step / stepsPerEpoch);
        bar?.MaxValue(totalSteps).Value(step);
        if (step > 0) Screen.Note($"resumed after step {step} of {totalSteps}");
    }

    public void Stepped(long step)
    {
        if (bar is not null) bar.Value = step;
    }

    public void Measured(MetricRow row)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"epoch {row.Epoch}/{epochs}  D {row.DiscriminatorLoss:F3}  G {row.GeneratorLoss:F3}  " +
            $"{row.SamplesPerSecond:F0} samples/s");
        bar?.Description(text);
        // Without a bar: a line an epoch, but at most about fifty of them.
        if (bar is not null || row.Step % _stepsPerEpoch != 0 || (row.Epoch - _lastShown < Math.Max(1, epochs / 50) && row.Step < _total)) return;
        _lastShown = row.Epoch;
        TimeSpan left = (_total - row.Step) * (_clock.Elapsed / Math.Max(1, row.Step - _first));
        Screen.Note($"{text}  {left:h\\:mm\\:ss} left");
    }

    public void Warned(string what) => Screen.Note($"warning: {what}");

    public void Wrote(string path) { }

    /// <summary>Runs <paramref name="train"/> with a bar where somebody watches.</summary>
    public static T Show<T>(int epochs, Func<IRunObserver, T> train)
    {
        if (!Screen.Interactive) return train(new TrainingProgress(null, epochs));
        return Screen.Progress.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => train(new TrainingProgress(context.AddTask("training"), epochs)));
    }
}
