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
        Of(classifier.Probabilities(rows), Enumerable.Repeat(1, classes).ToArray());

    /// <summary>
    /// The most likely class of each row, were all classes equally frequent, whatever their shares of the training rows: each class's probability is taken over
    /// its share (Menon et al. 2021, "Long-tail learning via logit adjustment", section 4.1).
    /// </summary>
    /// <param name="classifier">What was trained.</param>
    /// <param name="rows">[N, columns], finite.</param>
    /// <param name="counts">[classes] training rows of each class.</param>
    /// <returns>[N] class indices.</returns>
    public static long[] PredictBalanced(this IFittedClassifier classifier, ReadOnlyMemory<float> rows, int[] counts) =>
        Of(classifier.Probabilities(rows), counts);

    private static long[] Of(float[] probabilities, int[] counts)
    {
        long[] decided = new long[probabilities.Length / counts.Length];
        for (int row = 0; row < decided.Length; row++)
        {
            float most = -1;
            for (int c = 0; c < counts.Length; c++)
            {
                float weight = probabilities[row * counts.Length + c] / Math.Max(1, counts[c]);
                if (weight > most) (most, decided[row]) = (weight, c);
            }
        }
        return decided;
    }
}
