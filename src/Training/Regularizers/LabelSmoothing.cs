namespace GanPipeline.Training.Regularizers;

/// <summary>
/// One-sided label smoothing (Salimans et al. 2016, "Improved techniques for training GANs", section 3.4): D's target for real samples is 1 - amount instead of
/// 1.
/// </summary>
[Kind("label_smoothing")]
internal sealed record LabelSmoothingOptions : RegularizerOptions
{
    /// <summary>What is taken off the target.</summary>
    public double Amount { get; set; } = 0.1;

    /// <inheritdoc/>
    public override void Validate() => Require.That(Amount is > 0 and <= 0.5, "regularizers.amount", "must be above 0 and at most 0.5", Amount);

    /// <inheritdoc/>
    public override string? ConflictWith(RunOptions options) => Objectives.Objective.Named(options.Objective).HasTargets ? null
        : $"label_smoothing lowers the target for real samples, and the objective {options.Objective} has none";
}
