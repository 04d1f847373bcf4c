using GanPipeline.Evaluation.Metrics;

namespace GanPipeline;

/// <summary>What came of a whole run: training, export, generation, up-sampling and evaluation.</summary>
/// <param name="Training">What came of training.</param>
/// <param name="Generator">The generator file.</param>
/// <param name="Report">The run's page.</param>
/// <param name="Metrics">How good the samples are, and what up-sampling with them is worth; empty where the run was finished before.</param>
public sealed record RunResult(TrainResult Training, string Generator, string Report, IReadOnlyList<MetricResult> Metrics)
{
    /// <summary>How long all of it took, this time.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How much of it was spent until training was over.</summary>
    public TimeSpan TrainingTime { get; init; }
}
