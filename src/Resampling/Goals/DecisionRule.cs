namespace GanPipeline.Resampling.Goals;

/// <summary>How probabilities become decisions: a row's class is the one of the largest p·factor, the first of equals.</summary>
/// <param name="Factors">[classes] one for each class, none below 0. A threshold t for class 1 of two is (t, 1 - t).</param>
internal sealed record DecisionRule(double[] Factors)
{
    /// <summary>Of two classes, how likely class 1 must be for more than that to be decided for it.</summary>
    public double Threshold => Factors[0] / (Factors[0] + Factors[1]);

    /// <summary>Whether it is the plain rule: the likeliest class.</summary>
    public bool IsEven => Array.TrueForAll(Factors, factor => factor == Factors[0]);

    /// <summary>The plain rule: the likeliest class; of two, a threshold of .5.</summary>
    public static DecisionRule Even(int classes) => new([.. Enumerable.Repeat(1.0 / classes, classes)]);

    /// <summary>The rule of a threshold for class 1 of two.</summary>
    /// <param name="threshold">0 to 1.</param>
    public static DecisionRule Of(double threshold) => new([threshold, 1 - threshold]);

    /// <summary>The rule that is best for a goal on some rows; see <see cref="RuleSearch"/>. The plain one for a goal without decisions.</summary>
    /// <param name="goal">What is to be best.</param>
    /// <param name="actual">[N] class indices as they are; at least one.</param>
    /// <param name="probabilities">[N, classes] of a classifier that has not seen the rows.</param>
    /// <param name="counts">[classes] rows of each class of the data.</param>
    public static DecisionRule Tuned(Goal goal, long[] actual, float[] probabilities, int[] counts) =>
        goal is DecisionGoal decisions ? new RuleSearch(decisions, actual, probabilities, counts).Best() : Even(counts.Length);

    /// <summary>Decides.</summary>
    /// <param name="probabilities">[N, classes], row-major.</param>
    /// <returns>[N] class indices.</returns>
    public long[] Decide(ReadOnlySpan<float> probabilities)
    {
        int classes = Factors.Length;
        long[] decided = new long[probabilities.Length / classes];
        for (int row = 0; row < decided.Length; row++)
        {
            double most = -1;
            for (int c = 0; c < classes; c++)
            {
                double weighted = probabilities[row * classes + c] * Factors[c];
                if (weighted > most) (most, decided[row]) = (weighted, c);
            }
        }
        return decided;
    }

    /// <summary>The same rule with factors that sum to 1.</summary>
    public DecisionRule Normalised() => Factors.Sum() is > 0 and var sum ? new(Array.ConvertAll(Factors, factor => factor / sum)) : this;
}
