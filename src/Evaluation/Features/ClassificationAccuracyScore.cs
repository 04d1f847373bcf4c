using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Accuracy on real test samples of a classifier that was trained on generated samples alone, of all and of each class. It falls when samples are poor, of
/// the wrong class, or too alike to learn from.
/// </summary>
internal sealed class ClassificationAccuracyScore : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "classification-accuracy-score";

    /// <inheritdoc/>
    public override string Title => "Accuracy on real samples of a classifier trained on generated ones";

    /// <inheritdoc/>
    public override string Paper => "Ravuri and Vinyals 2019, Classification accuracy score for conditional generative models";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => input.TrainOnGenerated is null ? "the generated samples have no classes to learn" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        SyntheticClassifier classifier = input.TrainOnGenerated!();
        double[] hits = [.. classifier.Actual.Zip(classifier.Predicted, (a, p) => a == p ? 1.0 : 0)];
        yield return Score("", hits);
        for (int c = 0; c < input.ClassNames.Count; c++)
        {
            double[] ofClass = [.. hits.Where((_, i) => classifier.Actual[i] == c)];
            if (ofClass.Length > 0) yield return Score(input.ClassNames[c], ofClass);
        }

        MetricResult Score(string part, double[] values) => Result(values.Average(), Bootstrap.OfMean(values, input.Seed, $"{Name} {part}"),
            $"trained on {classifier.TrainedOn} generated, scored on {values.Length} {input.RealName} samples", part);
    }
}
