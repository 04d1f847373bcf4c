namespace GanPipeline.Evaluation;

/// <summary>
/// How well predicted classes match the actual ones. A class that does not occur has no recall (NaN) and does not count in
/// <see cref="BalancedAccuracy"/>; the precision of a class that is never predicted is 0; a class that neither occurs nor is predicted does not count in
/// <see cref="MacroF1"/>.
/// </summary>
internal sealed class ClassificationScores
{
    private ClassificationScores(long[,] confusion)
    {
        int classes = confusion.GetLength(0);
        (ConfusionMatrix, Recall, Precision, F1) = (confusion, new double[classes], new double[classes], new double[classes]);
        long right = 0, all = 0;
        for (int c = 0; c < classes; c++)
        {
            long hits = confusion[c, c], actual = 0, predicted = 0;
            for (int other = 0; other < classes; other++)
            {
                actual += confusion[c, other];
                predicted += confusion[other, c];
            }
            Recall[c] = (double)hits / actual;
            Precision[c] = predicted == 0 && actual > 0 ? 0 : (double)hits / predicted;
            F1[c] = 2.0 * hits / (actual + predicted);
            (right, all) = (right + hits, all + actual);
        }
        Accuracy = (double)right / all;
        MacroF1 = F1.Where(double.IsFinite).Average();
        BalancedAccuracy = Recall.Where(double.IsFinite).Average();
    }

    /// <summary>[actual class, predicted class] number of samples.</summary>
    public long[,] ConfusionMatrix { get; }

    /// <summary>Share of all samples whose class is predicted, 0 to 1.</summary>
    public double Accuracy { get; }

    /// <summary>For each class the share of its samples that are predicted as it; NaN where it has none.</summary>
    public double[] Recall { get; }

    /// <summary>
    /// For each class the share of the samples predicted as it that are of it; 0 where none is predicted, NaN where it does not occur either.
    /// </summary>
    public double[] Precision { get; }

    /// <summary>For each class the harmonic mean of recall and precision; NaN where it neither occurs nor is predicted.</summary>
    public double[] F1 { get; }

    /// <summary>Mean of <see cref="F1"/> over the classes that occur or are predicted.</summary>
    public double MacroF1 { get; }

    /// <summary>
    /// Mean of <see cref="Recall"/> over the classes that occur (Brodersen et al. 2010, "The balanced accuracy and its posterior distribution").
    /// </summary>
    public double BalancedAccuracy { get; }

    /// <summary>Scores predictions.</summary>
    /// <param name="actual">Class indices as they are; at least one.</param>
    /// <param name="predicted">Class indices as predicted, in the same order.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="Primitives.UserErrorException">A label is outside the classes.</exception>
    /// <exception cref="ArgumentException">The two differ in length, or are empty.</exception>
    public static ClassificationScores Of(ReadOnlySpan<long> actual, ReadOnlySpan<long> predicted, int classes)
    {
        ClassLabels.CheckCount(actual.Length, predicted.Length);
        if (actual.IsEmpty) throw new ArgumentException("there are no predictions to score; give at least one.", nameof(actual));
        ClassLabels.Check(actual, classes);
        ClassLabels.Check(predicted, classes);
        long[,] confusion = new long[classes, classes];
        for (int i = 0; i < actual.Length; i++) confusion[actual[i], predicted[i]]++;
        return new ClassificationScores(confusion);
    }
}
