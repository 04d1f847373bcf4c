namespace GanPipeline.Training.Checkpoints;

/// <summary>The best that the quality probe has measured in a run.</summary>
/// <param name="Quality">The figure; null before the first measurement.</param>
/// <param name="Step">Steps taken at that measurement.</param>
/// <param name="Since">Measurements since that were no better.</param>
internal sealed record BestSoFar(double? Quality = null, long Step = 0, long Since = 0)
{
    /// <summary>What is best after a further measurement. A figure that is not finite is no better.</summary>
    public BestSoFar After(double quality, long step, bool lowerIsBetter) =>
        double.IsFinite(quality) && (Quality is not { } best || (lowerIsBetter ? quality < best : quality > best)) ? new(quality, step)
            : this with { Since = Since + 1 };
}
