using GanPipeline.Resampling.Goals;

namespace GanPipeline.Resampling;

/// <summary>From probabilities to classes.</summary>
internal static class ClassDecision
{
    /// <summary>The most likely class of each row.</summary>
    /// <param name="classifier">What was trained.</param>
    /// <param name="rows">[N, columns], finite.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>[N] class indices; the first of several that are equally likely.</returns>
    public static long[] Predict(this IFittedClassifier classifier, ReadOnlyMemory<float> rows, int classes) =>
        DecisionRule.Even(classes).Decide(classifier.Probabilities(rows));
}
