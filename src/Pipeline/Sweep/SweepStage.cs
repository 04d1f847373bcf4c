using System.Diagnostics;
using System.Globalization;
using GanPipeline.Primitives;
using GanPipeline.Report;

namespace GanPipeline.Stages;

/// <summary>Many runs, each in a process of its own, and their figures in one table. What has finished is known by a file in its run folder.</summary>
internal sealed class SweepStage
{
    private readonly SweepOptions _options;
    private readonly StageContext _context;
    private readonly IReadOnlyList<SweepRun> _runs;
    private readonly SweptRun[] _outcomes;
    private readonly Lock _lock = new();

    private SweepStage(SweepOptions options, StageContext context)
    {
        if (options.Parallel is < 0 or > 1024)
            throw UserErrorException.Usage($"--parallel {options.Parallel}: a number of at least 1 is needed, or 0 for as many as there are cores.");
        OutputFiles.CheckFolder(options.Out);
        if (options.Data is not null && SpooledInput.IsStandardInput(options.Data))
            throw UserErrorException.Usage($"--data {options.Data}: each run reads the data anew, and standard input comes once; name a file.");
        (_options, _context, _runs) = (options, context, SweepPlan.Make(options));
        _outcomes = [.. _runs.Select(r => new SweptRun(r.Name, HasFinished(r, options.Out) ? SweepStatus.Finished : SweepStatus.Waiting))];
    }

    private string Table => Path.Combine(_options.Out, "sweep.csv");

    private SweepResult Result => new(Table, [.. _outcomes]);

    private int AtOnce => _options.Parallel == 0 ? Environment.ProcessorCount : _options.Parallel;

    public static async Task<SweepResult> Run(SweepOptions options, StageContext context)
    {
        var sweep = new SweepStage(options, context);
        Directory.CreateDirectory(options.Out);
        using FileLock held = FileLock.OnFolder(options.Out);
        AtomicFile.RemoveLeftovers(sweep.Table);
        return await sweep.Run(Math.Max(1, Environment.ProcessorCount / sweep.AtOnce));
    }

    /// <summary>Checks what a sweep would check first, and says what it would do; writes nothing.</summary>
    public static SweepDryRun Plan(SweepOptions options, StageContext context)
    {
        var sweep = new SweepStage(options, context);
        return new SweepDryRun(sweep._outcomes, sweep.AtOnce, options.Out);
    }

    private async Task<SweepResult> Run(int threads)
    {
        using IDisposable held = _context.Host.Hold(); // until the runs, which are asked to end, have ended
        _context.Host.Remedy = "The same command goes on with the runs that have not finished.";
        _context.Note($"{_runs.Count} runs, {AtOnce} at once with {threads} {(threads == 1 ? "thread" : "threads")} each; {Result.Finished} have finished " +
            "before");
        int[] waiting = [.. Enumerable.Range(0, _runs.Count).Where(i => _outcomes[i].Status == SweepStatus.Waiting)];
        SweepTable.Write(Table, _runs, _outcomes, _options.Out);
        try
        {
            var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = _context.Stop };
            await Parallel.ForEachAsync(waiting, limits, async (i, _) => await RunOne(i, threads));
        }
        catch (OperationCanceledException) { } // thrown below, once the table is written
        if (!_context.Stop.IsCancellationRequested) SideBySide();
        SweepResult result = _context.Finished(Result);
        _context.Stop.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>The page of the runs that have finished, and which of them is best.</summary>
    private void SideBySide()
    {
        string[] finished = [.. _outcomes.Where(run => run.Status == SweepStatus.Finished).Select(run => Path.Combine(_options.Out, run.Name))];
        if (finished.Length < 2) return;
        if (finished.Length > RunComparison.MostRuns)
        {
            _context.Note($"{finished.Length} runs are more than the {RunComparison.MostRuns} that 'gan compare' puts side by side; compare some of them");
            return;
        }
        RunTable table = RunComparison.Write(finished, _options.Out, _context.Stop);
        foreach (string caution in table.Cautions) _context.Note(caution);
        if (table.Ranking is { } ranking) _context.Note(ranking);
        _context.Note($"side by side: {RunComparison.Files(_options.Out)[0]}");
    }

    private async Task RunOne(int index, int threads)
    {
        SweepRun run = _runs[index];
        string folder = Path.Combine(_options.Out, run.Name);
        _context.Note($"{run.Name}: started");
        var clock = Stopwatch.StartNew();
        // With --resume a run that was interrupted goes on, and one that has not begun begins.
        (int exitCode, string lastLine) = await GanChild.Run(_options.Program, [.. run.Arguments, "--out", folder, "--resume"], folder + ".log", threads,
            _context.Stop);
        SweepStatus status = exitCode == 0 ? SweepStatus.Finished : _context.Stop.IsCancellationRequested ? SweepStatus.Stopped : SweepStatus.Failed;
        lock (_lock)
        {
            _outcomes[index] = new SweptRun(run.Name, status, clock.Elapsed.TotalSeconds, status == SweepStatus.Failed ? lastLine : "");
            SweepTable.Write(Table, _runs, _outcomes, _options.Out);
            _context.Progress?.Report(new WorkProgress("runs", Result.Finished, _runs.Count));
            _context.Note(string.Create(CultureInfo.InvariantCulture, $"{run.Name}: {SweepTable.Word(status)} after {clock.Elapsed.TotalSeconds:F0} " +
                $"s{(status == SweepStatus.Failed ? $": {lastLine}" : "")}"));
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
