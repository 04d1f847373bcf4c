using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>Ends a stage when its time is over and nothing holds it: what holds it (training) ends by a time of its own, with a checkpoint.</summary>
internal sealed class TimeLimit : IStageHost, IDisposable
{
    private readonly IStageHost _host;
    private readonly CancellationTokenSource _source;
    private readonly Timer? _timer;
    private readonly Lock _guard = new();
    private int _holds;
    private bool _over, _disposed;

    /// <summary>A limit from now on.</summary>
    /// <param name="context">The stage's own context.</param>
    /// <param name="time">How long it may take; null for as long as it likes.</param>
    public TimeLimit(StageContext context, TimeSpan? time)
    {
        _host = context.Host;
        _source = CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
        Context = context with { Stop = _source.Token, Host = this };
        if (time is { } most) _timer = new Timer(_ => Over(), null, most, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The context of what has to keep to it.</summary>
    public StageContext Context { get; }

    /// <inheritdoc/>
    public string Remedy
    {
        get => _host.Remedy;
        set => _host.Remedy = value;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? CommandLine => _host.CommandLine;

    /// <summary>Does the work; when the limit ended it, that is an error which says so.</summary>
    /// <exception cref="UserErrorException">The time was over.</exception>
    public T Keep<T>(Func<T> work, CancellationToken stop, string why)
    {
        try { return work(); }
        catch (OperationCanceledException e) when (_over && !stop.IsCancellationRequested)
        {
            throw new UserErrorException($"{why} {Remedy}".TrimEnd(), e) { Kind = ErrorKind.Passing };
        }
    }

    /// <inheritdoc/>
    public IDisposable Hold()
    {
        IDisposable held = _host.Hold();
        lock (_guard) _holds++;
        return new Scope(() =>
        {
            held.Dispose();
            lock (_guard) _holds--;
            if (_over) Over();
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_guard) _disposed = true;
        _source.Dispose();
    }

    private void Over()
    {
        lock (_guard)
        {
            _over = true;
            if (_holds == 0 && !_disposed) _source.Cancel();
        }
    }
}
