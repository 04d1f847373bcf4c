using System.Diagnostics;
using System.Globalization;
using GanPipeline.Cli.Printing;
using GanPipeline.Stages;
using Microsoft.Extensions.Logging;

namespace GanPipeline.Cli;

/// <summary>Shows on the screen what a stage says while it works, and ties it to this process's end.</summary>
internal sealed class StageScreen : ILogger, IProgress<StageProgress>, IStageHost
{
    private readonly Stopwatch _clock = new();
    private long _first, _lastShown;
    private string _figures = "";

    /// <summary>The context that stages are called with.</summary>
    public static StageContext Context(CancellationToken stop)
    {
        var screen = new StageScreen();
        return new StageContext(screen, screen, stop) { Host = screen };
    }

    public string Remedy
    {
        get => Stopping.Remedy;
        set => Stopping.Remedy = value;
    }

    public IReadOnlyList<string>? CommandLine { get; } = Environment.GetCommandLineArgs()[1..];

    public IDisposable Hold() => Stopping.Hold();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        if (logLevel >= LogLevel.Warning) Screen.Warn("warning: " + formatter(state, exception));
        else Screen.Note(formatter(state, exception));
    }

    public void Report(StageProgress value)
    {
        switch (value)
        {
            case TrainingProgress training:
                Show(training);
                break;
            case StageFinished finished:
                Screen.Status("");
                StagePrinter.Print(finished.Result, isPart: true);
                break;
        }
    }

    /// <summary>A line that stays in its place where somebody watches; otherwise a line an epoch, but at most about fifty of them.</summary>
    private void Show(TrainingProgress at)
    {
        if (at.Begins)
        {
            (_first, _lastShown, _figures) = (at.Step, at.Step / at.StepsPerEpoch, "");
            _clock.Restart();
        }
        if (at.Figures is { } f)
        {
            _figures = string.Create(CultureInfo.InvariantCulture, $"epoch {f.Epoch}/{at.Epochs}  D {f.DiscriminatorLoss:F3}  G {f.GeneratorLoss:F3}  " +
                $"{f.SamplesPerSecond:F0} samples/s");
        }
        TimeSpan left = (at.TotalSteps - at.Step) * (_clock.Elapsed / Math.Max(1, at.Step - _first));
        string line = string.Create(CultureInfo.InvariantCulture, $"{_figures}  {left:h\\:mm\\:ss} left");
        Screen.Status(string.Create(CultureInfo.InvariantCulture, $"{(double)at.Step / at.TotalSteps,4:P0}  {line}"));
        if (Screen.Interactive || at.Figures is not { } row || at.Step % at.StepsPerEpoch != 0) return;
        if (row.Epoch - _lastShown < Math.Max(1, at.Epochs / 50) && at.Step < at.TotalSteps) return;
        _lastShown = row.Epoch;
        Screen.Note(line);
    }
}
