namespace GanPipeline.Training.Optimization.Schedules;

/// <summary>
/// How a learning rate changes over the epochs; a new schedule is one new file. Its times are epochs and not shares of the run, so that a run can be made
/// longer without changing what it has been.
/// </summary>
internal abstract record ScheduleOptions
{
    /// <summary>Checks the ranges of the options; <paramref name="key"/> is where the preset has them.</summary>
    public virtual void Validate(string key) { }

    /// <summary>What the learning rate is multiplied by after so many epochs (with fraction).</summary>
    public abstract double Factor(double epoch);
}

/// <summary>The learning rate stays.</summary>
[Kind("constant")]
internal sealed record ConstantSchedule : ScheduleOptions
{
    /// <inheritdoc/>
    public override double Factor(double epoch) => 1;
}

/// <summary>A schedule that goes from 1 to another factor between two epochs, and stays there.</summary>
internal abstract record TransitionSchedule : ScheduleOptions
{
    /// <summary>Epoch at which the change begins.</summary>
    public double From { get; set; }

    /// <summary>Epoch at which it ends.</summary>
    public double To { get; set; }

    /// <summary>What is left of the learning rate in the end.</summary>
    public double Final { get; set; }

    /// <inheritdoc/>
    public override void Validate(string key)
    {
        Require.That(From is >= 0 and <= 1e9, $"{key}.from", "must be between 0 and 1000000000", From);
        Require.That(To > From && To <= 1e9, $"{key}.to", "must be above 'from' and at most 1000000000", To);
        Require.That(Final is >= 0 and <= 1000, $"{key}.final", "must be between 0 and 1000", Final);
    }

    /// <inheritdoc/>
    public sealed override double Factor(double epoch) => Final + (1 - Final) * Left(Math.Clamp((epoch - From) / (To - From), 0, 1));

    /// <summary>What is left, from 1 to 0, after a share (0 to 1) of the time.</summary>
    protected abstract double Left(double share);
}
