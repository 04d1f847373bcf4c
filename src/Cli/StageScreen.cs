using System.Globalization;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;
using Microsoft.Extensions.Logging;

namespace GanPipeline.Cli;

/// <summary>Shows on the screen what a stage says while it works, and ties it to this process's end.</summary>
internal sealed class StageScreen : ILogger, IProgress<StageProgress>, IStageHost, IDisposable
{
    private const string Working = "working ...";

    private readonly ProgressLine _line = new();
    private long _lastShown;
    private string _figures = "";

    /// <summary>The context that stages are called with.</summary>
    public StageContext Context(CancellationToken stop)
    {
        _line.Begins(Working);
        return new StageContext(this, this, stop) { Host = this };
    }

    public string Remedy
    {
        get => Stopping.Remedy;
        set => Stopping.Remedy = value;
    }

    public IReadOnlyList<string>? CommandLine { get; } = Environment.GetCommandLineArgs()[1..];

    public IDisposable Hold() => Stopping.Hold();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= (Screen.Verbose ? LogLevel.Debug : LogLevel.Information);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        string text = formatter(state, exception);
        if (logLevel >= LogLevel.Warning) Screen.Warn("warning: " + text);
        else Screen.Note(text);
        if (logLevel == LogLevel.Information) _line.Begins(text.EndsWith("...", StringComparison.Ordinal) ? text : Working);
    }

    public void Report(StageProgress value)
    {
        switch (value)
        {
            case TrainingProgress training:
                Show(training);
                break;
            case WorkProgress work:
                _line.At(work.What, work.Done, work.Total);
                break;
            case StageFinished finished:
                _line.End();
                StagePrinter.Print(finished.Result, isPart: true);
                _line.Begins(Working);
                break;
        }
    }

    public void Dispose() => _line.Dispose();

    /// <summary>A bar where somebody watches; otherwise a line an epoch, but at most about fifty of them.</summary>
    private void Show(TrainingProgress at)
    {
        if (at.Begins) (_lastShown, _figures) = (at.Step / at.StepsPerEpoch, "");
        if (at.Figures is { } f)
        {
            _figures = string.Create(CultureInfo.InvariantCulture, $"epoch {f.Epoch}/{at.Epochs}  D {f.DiscriminatorLoss:F3}  G {f.GeneratorLoss:F3}  " +
                $"{f.SamplesPerSecond:F0} samples/s");
        }
        if (Screen.Interactive)
        {
            _line.At("training", at.Step, at.TotalSteps, _figures);
            return;
        }
        if (at.Figures is not { } row || at.Step % at.StepsPerEpoch != 0) return;
        if (row.Epoch - _lastShown < Math.Max(1, at.Epochs / 50) && at.Step < at.TotalSteps) return;
        _lastShown = row.Epoch;
        Screen.Note(_figures);
    }
}
