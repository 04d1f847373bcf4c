using GanPipeline.Training.Metrics;
using GanPipeline.Training.Runs;

namespace GanPipeline.Stages;

/// <summary>Several observers of one run.</summary>
internal sealed class RunObservers(params IRunObserver[] all) : IRunObserver
{
    public void Started(long step, long totalSteps, long stepsPerEpoch) => Array.ForEach(all, o => o.Started(step, totalSteps, stepsPerEpoch));

    public void Stepped(long step) => Array.ForEach(all, o => o.Stepped(step));

    public void Measured(MetricRow row) => Array.ForEach(all, o => o.Measured(row));

    public void Warned(string what) => Array.ForEach(all, o => o.Warned(what));

    public void Wrote(string path) => Array.ForEach(all, o => o.Wrote(path));
}
