using System.Globalization;
using GanPipeline.Training.Native;
using Microsoft.Extensions.Logging;
using TorchSharp;

namespace GanPipeline.Pipeline.Tests;

/// <summary>A program that calls stages: it hears what they log and report, and sees that they print nothing and leave its process as it was.</summary>
internal sealed class Host : ILogger, IProgress<StageProgress>
{
    private readonly List<string> _log = [];
    private readonly List<StageProgress> _progress = [];

    /// <summary>Whether a report is to end the stage.</summary>
    public Action<StageProgress>? OnReport { get; init; }

    /// <summary>Whether what is logged is to end the stage.</summary>
    public Action? OnLog { get; init; }

    public IReadOnlyList<string> Logged => _log;

    public IReadOnlyList<StageProgress> Progress => _progress;

    /// <summary>Calls a stage.</summary>
    public T Call<T>(Func<Host, T> stage)
    {
        TextWriter output = Console.Out, error = Console.Error;
        using StringWriter said = new(), complained = new();
        Console.SetOut(said);
        Console.SetError(complained);
        string before = State();
        try { return stage(this); }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            Assert.Equal(("", ""), ($"{said}", $"{complained}"));
            Assert.Equal(before, State());
        }
    }

    public void Report(StageProgress value)
    {
        lock (_progress) _progress.Add(value);
        OnReport?.Invoke(value);
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_log) _log.Add($"{logLevel}: {formatter(state, exception)}");
        OnLog?.Invoke();
    }

    /// <summary>What of the process a library must leave alone.</summary>
    private static string State()
    {
        TorchLibrary.Load();
        using torch.Tensor random = torch.get_rng_state();
        ThreadPool.GetMinThreads(out int workers, out int completions);
        return string.Join(' ', torch.get_num_threads(), Convert.ToHexString(random.bytes), workers, completions, CultureInfo.CurrentCulture.Name,
            Environment.CurrentDirectory, Environment.ExitCode, Environment.GetEnvironmentVariable("GOMP_SPINCOUNT"));
    }
}
