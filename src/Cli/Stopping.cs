using System.Runtime.InteropServices;
using GanPipeline.Primitives;

namespace GanPipeline.Cli;

/// <summary>
/// How a command is ended early, by SIGINT or SIGTERM or because its time is over. It is asked to end, and a moment later the process ends, whatever it is in
/// the middle of: reading a pipe that nothing comes from, or a network that takes minutes. Nothing is harmed by that, since files appear whole or not at all.
/// Only what holds the process (training, which ends after its step with a checkpoint) is waited for; a second signal ends that, too.
/// </summary>
internal static partial class Stopping
{
    private const int SignalBase = 128, Interrupt = 2, Terminate = 15;

    /// <summary>How long a command may take to end by itself; with what comes before and after, the process ends within a second.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(700);

    /// <summary>A terminal signals a sweep and its runs, and the sweep then signals its runs: two signals, and one wish.</summary>
    private static readonly TimeSpan OneWish = TimeSpan.FromMilliseconds(500);

    private static readonly List<PosixSignalRegistration> Signals = []; // kept for as long as the process lives
    private static readonly CancellationTokenSource Source = new();
    private static readonly Lock Guard = new();
    private static readonly ManualResetEventSlim Free = new(initialState: true);
    private static int _holds, _firstSignal;
    private static bool _ended;
    private static DateTime _firstAt;
    private static (int ExitCode, string Why)? _request;

    /// <summary>Is cancelled when the command is to end.</summary>
    public static CancellationToken Token => Source.Token;

    /// <summary>Why the command is to end, and the process's exit code for it; null while it may go on.</summary>
    public static (int ExitCode, string Why)? Request
    {
        get { lock (Guard) return _request; }
    }

    /// <summary>What goes on with the work that was ended, as a sentence; empty where nothing does.</summary>
    public static string Remedy { get; set; } = "";

    /// <summary>Why the command ended, with the remedy.</summary>
    public static string Message => $"{Request?.Why} {Remedy}".TrimEnd();

    /// <summary>
    /// Listens to signals. What is disposed of when the command has ended by itself leaves the process to end in order: a signal that comes then is too late.
    /// </summary>
    public static IDisposable Listen()
    {
        Signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, Interrupt)));
        Signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, Terminate)));
        return new Scope(() =>
        {
            lock (Guard) _ended = true;
        });
    }

    /// <summary>
    /// Has the process wait for what it does until the scope is disposed of: that ends by itself, soon after <see cref="Token"/> is cancelled.
    /// </summary>
    public static IDisposable Hold()
    {
        lock (Guard)
        {
            _holds++;
            Free.Reset();
        }
        return new Scope(() =>
        {
            lock (Guard) if (--_holds == 0) Free.Set();
        });
    }

    /// <summary>Ends the command when the time is over and nothing holds it, with the exit code of a passing fault.</summary>
    public static void After(TimeSpan time, string why) => Start(() =>
    {
        Thread.Sleep(time);
        Free.Wait();
        End(ExitCodes.Passing, why);
    });

    private static void OnSignal(PosixSignalContext context, int signal)
    {
        context.Cancel = true; // else the runtime ends the process before training has written its checkpoint
        lock (Guard)
        {
            if (_firstSignal == 0) (_firstSignal, _firstAt) = (signal, DateTime.UtcNow);
            else if (signal == _firstSignal || DateTime.UtcNow - _firstAt > OneWish) EndProcess(SignalBase + signal, "ended at once.");
            else return;
            if (_ended) return;
        }
        End(SignalBase + signal, "stopped on request.");
    }

    private static void End(int exitCode, string why)
    {
        lock (Guard) _request ??= (exitCode, why);
        Start(() =>
        {
            Thread.Sleep(Grace);
            Free.Wait();
            lock (Guard) if (!_ended) EndProcess(exitCode, Message);
        });
        Source.Cancel();
    }

    /// <summary>On a thread of its own: those of the pool may all be at work.</summary>
    private static void Start(ThreadStart work) => new Thread(work) { IsBackground = true }.Start();

    private static void EndProcess(int exitCode, string message)
    {
        Screen.Status("");
        Screen.Warn($"gan: {message}");
        _ = AtomicFile.RemoveUnfinished(); // last of all, and for good: other threads go on until the process ends
        // Without the handlers of an ordinary exit, which would free what threads of native libraries are still at work on.
        if (OperatingSystem.IsWindows()) Environment.Exit(exitCode);
        else ExitNow(exitCode);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int exitCode);

    private sealed class Scope(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
