using GanPipeline.Training.Metrics;

namespace GanPipeline.Training.Runs;

/// <summary>Hears what a run does, to show it.</summary>
internal interface IRunObserver
{
    /// <summary>The run begins, or goes on, after <paramref name="step"/> of <paramref name="totalSteps"/> steps.</summary>
    void Started(long step, long totalSteps, long stepsPerEpoch);

    /// <summary>Steps were taken; called often, so it must be quick.</summary>
    void Stepped(long step);

    /// <summary>A row of metrics was written.</summary>
    void Measured(MetricRow row);

    /// <summary>Something looks wrong that does not end the run.</summary>
    void Warned(string what);

    /// <summary>A file was written: a checkpoint or a picture.</summary>
    void Wrote(string path);
}
