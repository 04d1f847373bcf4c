namespace GanPipeline.Training.Optimization.Schedules;

/// <summary>Along half a cosine (Loshchilov and Hutter 2017, "SGDR", equation 5, without restarts).</summary>
[Kind("cosine")]
internal sealed record CosineSchedule : TransitionSchedule
{
    /// <inheritdoc/>
    protected override double Left(double share) => (1 + Math.Cos(Math.PI * share)) / 2;
}
