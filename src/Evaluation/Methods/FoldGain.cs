namespace GanPipeline.Evaluation.Methods;

/// <summary>How much better one method did than another on the same folds.</summary>
/// <param name="Mean">Mean of the folds' differences.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record FoldGain(double Mean, double Error)
{
    private const double Spread = 2; // standard errors in half an interval of about 95 %

    /// <summary>About 95 %. Where it reaches below 0, chance may explain the gain.</summary>
    public Interval Interval => Bootstrap.Within(Mean, Spread * Error, Spread * Error, -1, 1); // scores lie between 0 and 1

    /// <summary>The gain of some scores over others.</summary>
    /// <param name="scores">A score for each fold; at least two.</param>
    /// <param name="others">The other method's, in the same order.</param>
    public static FoldGain Of(IEnumerable<double> scores, IEnumerable<double> others) => Of(scores, others, 0);

    /// <summary>
    /// The gain on folds of repeated cuts, which share most of the rows that are trained on: their variance is taken 1/n + (scored rows / trained rows) times
    /// instead of 1/n times (Nadeau and Bengio 2003, "Inference for the generalization error", section 3; Bouckaert and Frank 2004 for repeated cuts).
    /// </summary>
    /// <param name="scores">A score for each fold of every cut; at least two.</param>
    /// <param name="others">The other method's, in the same order.</param>
    /// <param name="folds">Folds of a cut.</param>
    public static FoldGain OfCuts(IEnumerable<double> scores, IEnumerable<double> others, int folds) => Of(scores, others, 1.0 / (folds - 1));

    private static FoldGain Of(IEnumerable<double> scores, IEnumerable<double> others, double shared)
    {
        double[] gains = [.. scores.Zip(others, (a, b) => a - b)];
        double mean = gains.Average();
        return new FoldGain(mean, Math.Sqrt(gains.Sum(g => (g - mean) * (g - mean)) / (gains.Length - 1) * (1.0 / gains.Length + shared)));
    }
}
