namespace GanPipeline.Training.Optimization.Schedules;

/// <summary>Times a factor every so many epochs.</summary>
[Kind("step")]
internal sealed record StepSchedule : ScheduleOptions
{
    /// <summary>Epochs between two changes.</summary>
    public double Every { get; set; } = 10;

    /// <summary>What the learning rate is multiplied by at each.</summary>
    public double Times { get; set; } = 0.5;

    /// <inheritdoc/>
    public override void Validate(string key)
    {
        Require.That(Every is > 0 and <= 1e9, $"{key}.every", "must be above 0 and at most 1000000000", Every);
        Require.That(Times is > 0 and <= 1, $"{key}.times", "must be above 0 and at most 1", Times);
    }

    /// <inheritdoc/>
    public override double Factor(double epoch) => Math.Pow(Times, Math.Floor(epoch / Every));
}
