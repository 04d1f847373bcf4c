using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// For data that consist of modes whose centres are known: the number of centres that have a generated sample within three standard deviations.
/// </summary>
internal sealed class ModesCovered : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "modes-covered";

    /// <inheritdoc/>
    public override string Title => "Modes with a sample near their centre";

    /// <inheritdoc/>
    public override string Paper =>
        "Metz et al. 2017, Unrolled generative adversarial networks, section 3.1; three deviations as in Srivastava et al. 2017, VEEGAN, section 4.1";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => input.Centres is null ? "the data set has no known modes" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        (int[] nearest, bool[] near) = input.Centres!.Assign(input.Generated);
        int covered = nearest.Where((_, i) => near[i]).Distinct().Count();
        return [Result(covered, null, $"of {input.Centres.Points.Length / input.Generated.Columns} modes, {input.Generated.Count} generated samples")];
    }
}
