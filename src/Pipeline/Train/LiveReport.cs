using System.Diagnostics;
using GanPipeline.Primitives;
using GanPipeline.Report;
using GanPipeline.Training.Data;
using GanPipeline.Training.Metrics;
using GanPipeline.Training.Runs;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>
/// Keeps report.html up to date while a run trains. A page is made again at the earliest ten seconds after the last, and only when
/// it and those before it will have taken less than a hundredth of the time of training, going by what the last one took.
/// </summary>
internal sealed class LiveReport(RunJob job, Dataset data, torch.Device device, QualityProbe? probe, StageContext context) : IRunObserver
{
    private const double Share = 0.01;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private readonly Stopwatch _all = Stopwatch.StartNew();
    private readonly TimeSpan _before = Environment.CpuUsage.TotalTime;
    private readonly List<string> _warnings = [];
    private TimeSpan _cost, _total;
    private bool _started, _failed;

    public void Started(long step, long totalSteps, long stepsPerEpoch)
    {
        Note("training");
        if (data.ClassNames.Count > 0) RunNotes.WriteClasses(job.Out, data.ClassNames, data.ClassCounts(), null);
        _started = true;
    }

    public void Stepped(long step) { }

    public void Measured(MetricRow row)
    {
        if (_sinceLast.Elapsed < Shortest || _all.Elapsed * Share < _total + _cost) return;
        var clock = Stopwatch.StartNew();
        try { RunReport.Write(job.Out); }
        catch (Exception e) when (e is UserErrorException or IOException or UnauthorizedAccessException)
        {
            // Training is worth more than its page; what is really wrong, a checkpoint or the last page will say.
            if (!_failed) context.Note($"the page could not be made, training goes on: {e.Message}");
            _failed = true;
        }
        _cost = clock.Elapsed;
        _total += _cost;
        _sinceLast.Restart();
    }

    public void Warned(string what) => _warnings.Add(what);

    public void Wrote(string path) { }

    /// <summary>Training is over.</summary>
    /// <param name="state"><c>finished</c>, <c>stopped</c>, or what else came of it.</param>
    public void End(string state)
    {
        Note(state);
        RunReport.Write(job.Out);
    }

    /// <summary>Training failed; what is known so far is still worth a page, if the run had begun at all.</summary>
    /// <param name="why">The error, which the caller reports.</param>
    public void Fail(string why)
    {
        if (!_started) return;
        try { End($"failed: {why}"); }
        catch (Exception e) when (e is UserErrorException or IOException or UnauthorizedAccessException)
        {
            context.Note($"the page could not be made: {e.Message}");
        }
    }

    private void Note(string state) => RunNotes.Write(job, data, device, new RunState(state, _all.Elapsed, _total, _warnings)
    {
        Probe = probe,
        ProcessorTime = Environment.CpuUsage.TotalTime - _before,
        CommandLine = context.Host.CommandLine,
    });
}
