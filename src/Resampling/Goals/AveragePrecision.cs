namespace GanPipeline.Resampling.Goals;

/// <summary>
/// The area under the curve of precision over recall, 0 to 1, as average precision: each step of recall times the precision there, equal probabilities in one
/// step (Davis and Goadrich 2006, "The relationship between precision-recall and ROC curves", on why not to interpolate linearly; the definition is
/// scikit-learn's <c>average_precision_score</c>). Of two classes that of the rarer one, of more the mean over those that occur, each against the rest.
/// </summary>
internal sealed class AveragePrecision : Goal
{
    private AveragePrecision()
    {
    }

    /// <summary>The goal.</summary>
    public static AveragePrecision Goal { get; } = new();

    /// <inheritdoc/>
    public override string Name => "PR-AUC";

    /// <inheritdoc/>
    public override bool UsesDecisions => false;

    /// <inheritdoc/>
    public override double Score(long[] actual, float[] probabilities, long[] predicted)
    {
        int classes = probabilities.Length / actual.Length;
        if (classes == 2) return Of(actual, probabilities, classes, actual.Count(label => label == 0) < actual.Length / 2.0 && actual.Contains(0) ? 0 : 1);
        return Enumerable.Range(0, classes).Select(c => Of(actual, probabilities, classes, c)).Where(double.IsFinite).Average();
    }

    /// <summary>Of one class against the rest; NaN where it does not occur.</summary>
    /// <param name="actual">[N] class indices as they are.</param>
    /// <param name="probabilities">[N, classes], row-major.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="of">The class.</param>
    public static double Of(long[] actual, float[] probabilities, int classes, int of)
    {
        float[] scores = new float[actual.Length];
        for (int row = 0; row < scores.Length; row++) scores[row] = -probabilities[row * classes + of]; // the likeliest first
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(scores, order);
        (long hits, long before, double sum) = (0, 0, 0);
        for (int i = 0; i < order.Length; i++)
        {
            if (actual[order[i]] == of) hits++;
            if (i + 1 < order.Length && scores[i + 1] == scores[i]) continue;
            sum += (hits - before) * (hits / (i + 1.0));
            before = hits;
        }
        return sum / hits;
    }
}
