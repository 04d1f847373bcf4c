using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// The number of classes that a classifier trained on real data recognises in at least one generated sample. Meant for generators that choose the class
/// themselves, and for sets of many classes such as stacked digits.
/// </summary>
internal sealed class ClassesCovered : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "classes-covered";

    /// <inheritdoc/>
    public override string Title => "Classes that appear among the samples";

    /// <inheritdoc/>
    public override string Paper => "Metz et al. 2017, Unrolled generative adversarial networks, section 3.3.1 (1000 classes of stacked digits)";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => input.Recognised is null ? "there is no classifier of the real data's classes" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        int covered = input.Recognised!.Distinct().Count();
        return [Result(covered, null, $"of {input.ClassNames.Count} classes, {input.Recognised!.Length} generated samples")];
    }
}
