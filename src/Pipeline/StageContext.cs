using Microsoft.Extensions.Logging;

namespace GanPipeline.Stages;

/// <summary>What a stage speaks and is ended by.</summary>
/// <param name="Log">Hears notes (Information) and warnings.</param>
/// <param name="Progress">Hears how far the stage is; null where nobody asks.</param>
/// <param name="Stop">Ends the stage early.</param>
internal sealed record StageContext(ILogger Log, IProgress<StageProgress>? Progress, CancellationToken Stop)
{
    /// <summary>The process around the stage.</summary>
    public IStageHost Host { get; init; } = new QuietHost();

    /// <summary>Says what is going on.</summary>
    public void Note(string text) => Log.LogInformation("{Text}", text);

    /// <summary>Says a detail, which the result says again.</summary>
    public void Detail(string text) => Log.LogDebug("{Text}", text);

    /// <summary>Says what looks wrong and does not end the stage.</summary>
    public void Warn(string text) => Log.LogWarning("{Text}", text);

    /// <summary>The items one after the other, each reported as progress when its turn comes.</summary>
    /// <param name="what">What they are: <c>metrics</c>.</param>
    /// <param name="items">The items.</param>
    public IEnumerable<T> Counted<T>(string what, IReadOnlyList<T> items)
    {
        for (int i = 0; i < items.Count; i++)
        {
            Progress?.Report(new WorkProgress(what, i, items.Count));
            yield return items[i];
        }
        Progress?.Report(new WorkProgress(what, items.Count, items.Count));
    }

    /// <summary>Says that a stage within this one is over, and what came of it.</summary>
    public T Finished<T>(T result) where T : notnull
    {
        Progress?.Report(new StageFinished(result));
        return result;
    }
}

/// <summary>What a stage asks of the process that it runs in: of a library's host nothing, of the command line that it ends in order.</summary>
internal interface IStageHost
{
    /// <summary>Has whoever wants to end the process wait until the scope is disposed of; the stage ends by itself soon after it is told to.</summary>
    IDisposable Hold();

    /// <summary>What goes on with the work if it is ended now, as a sentence; empty where nothing does.</summary>
    string Remedy { get; set; }

    /// <summary>The command line that called the stage; null where a program did.</summary>
    IReadOnlyList<string>? CommandLine { get; }
}

/// <summary>A process that ends when it likes.</summary>
internal sealed class QuietHost : IStageHost
{
    public string Remedy { get; set; } = "";

    public IReadOnlyList<string>? CommandLine => null;

    public IDisposable Hold() => new Scope(() => { });
}

/// <summary>Does something when it is disposed of.</summary>
internal sealed class Scope(Action end) : IDisposable
{
    public void Dispose() => end();
}
