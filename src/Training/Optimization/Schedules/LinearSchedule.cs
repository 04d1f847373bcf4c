namespace GanPipeline.Training.Optimization.Schedules;

/// <summary>In a straight line.</summary>
[Kind("linear")]
internal sealed record LinearSchedule : TransitionSchedule
{
    /// <inheritdoc/>
    protected override double Left(double share) => 1 - share;
}
