using GanPipeline.Training.Config;
using GanPipeline.Training.Runs;

namespace GanPipeline.Stages;

/// <summary>The arguments that say what to train; <c>train</c> and <c>run</c> take the same.</summary>
internal sealed record TrainArguments(RunOptions Options, string? Data, string Out, string Device, RunMode Mode, bool DryRun);
