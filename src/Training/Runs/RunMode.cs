using GanPipeline.Training.Checkpoints;

namespace GanPipeline.Training.Runs;

/// <summary>How a run is to be gone about; nothing of it changes a step.</summary>
/// <param name="Resume">Whether to go on with the run that the folder holds; one that was stopped before its first checkpoint begins anew.</param>
/// <param name="Override">Whether to go on even with other options or data than the checkpoint was made with.</param>
/// <param name="MaxTime">When to end; the run can be resumed.</param>
/// <param name="Probe">What measures the samples' quality every <c>quality_every</c> epochs; null measures nothing.</param>
internal sealed record RunMode(bool Resume = false, bool Override = false, TimeSpan? MaxTime = null, IQualityProbe? Probe = null);

/// <summary>How a run ended.</summary>
/// <param name="Last">The state at the end, as in the last checkpoint.</param>
/// <param name="EndedEarly">Why it took fewer steps than its options say; null where it took them all.</param>
/// <param name="CanGoOn">Whether resuming it would take more steps: its time was over, where patience would end it again at once.</param>
internal sealed record RunOutcome(Checkpoint Last, string? EndedEarly, bool CanGoOn);
