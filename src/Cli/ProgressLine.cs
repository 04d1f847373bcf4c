using System.Diagnostics;
using System.Globalization;

namespace GanPipeline.Cli;

/// <summary>
/// How far the work is. Where somebody watches, it is one line that stays in its place: a bar with the time that is left, or what is being done and for how
/// long; otherwise a line every some seconds.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const int BarWidth = 20;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500), Shortest = TimeSpan.FromMilliseconds(100), FirstGuess = TimeSpan.FromSeconds(1),
        Silence = TimeSpan.FromSeconds(2),
        Between = TimeSpan.FromSeconds(10);

    private readonly Lock _guard = new();
    private readonly Stopwatch _clock = new();
    private readonly Timer? _timer;
    private string _what = "", _more = "";
    private long _first, _done, _total;
    private TimeSpan _reached, _drawn, _said;

    public ProgressLine()
    {
        if (Screen.Interactive) _timer = new Timer(_ => Redraw(), null, Tick, Tick);
    }

    /// <summary>Something begins that ends nobody knows when; while a bar is shown, that stays.</summary>
    public void Begins(string what)
    {
        lock (_guard) if (_what.Length == 0 || _done >= _total) Restart(what, 0, 0);
    }

    /// <summary>Something is so far.</summary>
    /// <param name="what">What is counted: <c>folds</c>.</param>
    /// <param name="done">How many are done.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="more">What else is to be said of it.</param>
    public void At(string what, long done, long total, string more = "")
    {
        lock (_guard)
        {
            if (what != _what || done < _done || total != _total) Restart(what, done, total);
            if (done > _done) _reached = _clock.Elapsed;
            (_done, _more) = (done, more);
            if (_clock.Elapsed - _drawn >= Shortest) Draw();
            if (Screen.Interactive || _clock.Elapsed - _said < Between) return;
            _said = _clock.Elapsed;
            Screen.Note($"{what}: {done} of {total}{(Left is { } left ? $", {left:h\\:mm\\:ss} left" : "")}");
        }
    }

    /// <summary>The time that is left, by what it took so far; null while that says nothing.</summary>
    public TimeSpan? Left
    {
        get
        {
            if (_done <= _first || _reached < FirstGuess) return null;
            TimeSpan left = (_total - _done) * (_reached / (_done - _first)) - (_clock.Elapsed - _reached);
            return left > TimeSpan.Zero ? left : null; // it takes longer than what came before: nobody knows
        }
    }

    /// <summary>It is over: nothing is shown.</summary>
    public void End()
    {
        lock (_guard)
        {
            _what = "";
            Screen.Status("");
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        End();
    }

    private void Restart(string what, long done, long total)
    {
        (_what, _more, _first, _done, _total, _reached, _drawn, _said) = (what, "", done, done, total, default, default, default);
        _clock.Restart();
    }

    private void Redraw()
    {
        lock (_guard) if (_what.Length > 0 && _clock.Elapsed >= (_total > 0 ? Tick : Silence)) Draw();
    }

    private void Draw()
    {
        _drawn = _clock.Elapsed;
        if (_total == 0)
        {
            Screen.Status(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed:h\\:mm\\:ss}  {_what}"));
            return;
        }
        double share = (double)_done / _total;
        string bar = new string('#', (int)(share * BarWidth)).PadRight(BarWidth, '.'),
            time = Left is { } left ? $"{left:h\\:mm\\:ss} left" : $"{_clock.Elapsed:h\\:mm\\:ss}";
        Screen.Status(string.Create(CultureInfo.InvariantCulture, $"[{bar}] {share,4:P0}  {time}  {_what}{(_more.Length > 0 ? "  " : "")}{_more}"));
    }
}
