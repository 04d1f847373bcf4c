using System.Diagnostics;
using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>Many runs, each in a process of its own, and their figures in one table. What has finished is known by a file in its run folder.</summary>
internal sealed class SweepStage
{
    private readonly SweepArguments _arguments;
    private readonly IReadOnlyList<SweepRun> _runs;
    private readonly SweepOutcome[] _outcomes;
    private readonly Lock _lock = new();

    private SweepStage(SweepArguments arguments, IReadOnlyList<SweepRun> runs) =>
        (_arguments, _runs, _outcomes) =
            (arguments, runs, [.. runs.Select(r => new SweepOutcome(HasFinished(r, arguments.Out) ? SweepOutcome.Finished : SweepOutcome.Waiting, null, ""))]);

    private string Table => Path.Combine(_arguments.Out, "sweep.csv");

    private int Finished => _outcomes.Count(o => o.Status == SweepOutcome.Finished);

    public static async Task Run(SweepArguments arguments, CancellationToken stop)
    {
        if (arguments.Parallel is < 0 or > 1024)
            throw UserErrorException.Usage($"--parallel {arguments.Parallel}: a number of at least 1 is needed, or 0 for as many as there are cores.");
        OutputFiles.CheckFolder(arguments.Out);
        if (arguments.Data is not null && SpooledInput.IsStandardInput(arguments.Data))
            throw UserErrorException.Usage($"--data {arguments.Data}: each run reads the data anew, and standard input comes once; name a file.");
        int parallel = arguments.Parallel == 0 ? Environment.ProcessorCount : arguments.Parallel;
        IReadOnlyList<SweepRun> runs = SweepPlan.Make(arguments);
        var sweep = new SweepStage(arguments, runs);
        if (arguments.DryRun)
        {
            foreach ((SweepRun run, SweepOutcome outcome) in runs.Zip(sweep._outcomes)) Screen.Say($"{run.Name}: {outcome.Status}");
            Screen.Say($"{runs.Count} runs, {parallel} at once. Nothing was written; without --dry-run they go to {arguments.Out}.");
            return;
        }
        Directory.CreateDirectory(arguments.Out);
        using FileLock held = FileLock.OnFolder(arguments.Out);
        AtomicFile.RemoveLeftovers(sweep.Table);
        await sweep.Run(parallel, Math.Max(1, Environment.ProcessorCount / parallel), stop);
    }

    private async Task Run(int parallel, int threads, CancellationToken stop)
    {
        using IDisposable held = Stopping.Hold(); // until the runs, which are asked to end, have ended
        Stopping.Remedy = "The same command goes on with the runs that have not finished.";
        Screen.Note($"{_runs.Count} runs, {parallel} at once with {threads} {(threads == 1 ? "thread" : "threads")} each; {Finished} have finished before");
        int[] waiting = [.. Enumerable.Range(0, _runs.Count).Where(i => _outcomes[i].Status == SweepOutcome.Waiting)];
        SweepTable.Write(Table, _runs, _outcomes, _arguments.Out);
        try
        {
            await Parallel.ForEachAsync(waiting, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = stop }, async (i, _) =>
            await RunOne(i, threads, stop));
        }
        catch (OperationCanceledException) { } // said below, once the table is written
        Screen.Say($"{Finished} of {_runs.Count} runs have finished: {Table}");
        stop.ThrowIfCancellationRequested();
        SweepRun[] failed = [.. _runs.Where((_, i) => _outcomes[i].Status == SweepOutcome.Failed)];
        if (failed.Length > 0)
            throw new UserErrorException($"{failed.Length} of {_runs.Count} runs failed: " +
                $"{string.Join(", ", failed.Take(10).Select(f => f.Name))}{(failed.Length > 10 ? ", ..." : "")}; " +
                $"{Table} says why, and so do the logs beside it.")
            { Kind = ErrorKind.Failed };
    }

    private async Task RunOne(int index, int threads, CancellationToken stop)
    {
        SweepRun run = _runs[index];
        string folder = Path.Combine(_arguments.Out, run.Name);
        Screen.Note($"{run.Name}: started");
        var clock = Stopwatch.StartNew();
        // With --resume a run that was interrupted goes on, and one that has not begun begins.
        (int exitCode, string lastLine) = await GanChild.Run([.. run.Arguments, "--out", folder, "--resume"], folder + ".log", threads, stop);
        string status = exitCode == 0 ? SweepOutcome.Finished : stop.IsCancellationRequested ? SweepOutcome.Stopped : SweepOutcome.Failed;
        lock (_lock)
        {
            _outcomes[index] = new SweepOutcome(status, clock.Elapsed.TotalSeconds, status == SweepOutcome.Failed ? lastLine : "");
            SweepTable.Write(Table, _runs, _outcomes, _arguments.Out);
            Screen.Note(string.Create(CultureInfo.InvariantCulture, $"{run.Name}: {status} after {clock.Elapsed.TotalSeconds:F0} " +
                $"s{(status == SweepOutcome.Failed ? $": {lastLine}" : "")}"));
        }
    }

    private static bool HasFinished(SweepRun run, string root)
    {
        string folder = Path.Combine(root, run.Name);
        return FinishedRun.IsThere(folder, run.Arguments[0], run.Finished)
            ?? throw new UserErrorException($"{folder}: it holds a finished run with other options (compare {FinishedRun.PathIn(folder)} with the preset and " +
                "the data); choose another --out, or remove the folder.");
    }
}
