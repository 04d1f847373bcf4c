using System.Diagnostics;
using GanPipeline.Training.Metrics;
using GanPipeline.Training.Runs;

namespace GanPipeline.Stages;

/// <summary>Reports how far a run is: at each row of its metrics, and between them a few times a second, since a step may take a millisecond.</summary>
internal sealed class ProgressObserver(StageContext context, int epochs) : IRunObserver
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private TrainingProgress _at = new(0, 0, 0, epochs);

    public void Started(long step, long totalSteps, long stepsPerEpoch)
    {
        _at = new TrainingProgress(step, totalSteps, stepsPerEpoch, epochs);
        context.Progress?.Report(_at with { Begins = true });
        if (step > 0) context.Note($"resumed after step {step} of {totalSteps}");
    }

    public void Stepped(long step)
    {
        if (context.Progress is null || _sinceLast.Elapsed < Shortest) return;
        context.Progress.Report(_at with { Step = step });
        _sinceLast.Restart();
    }

    public void Measured(MetricRow row) => context.Progress?.Report(_at with
    {
        Step = row.Step,
        Figures = new TrainingFigures(row.Epoch, row.DiscriminatorLoss, row.GeneratorLoss, row.SamplesPerSecond),
    });

    public void Warned(string what) => context.Warn(what);

    public void Wrote(string path) { }
}
