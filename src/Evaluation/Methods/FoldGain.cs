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
    public static FoldGain Of(IEnumerable<double> scores, IEnumerable<double> others)
    {
        double[] gains = [.. scores.Zip(others, (a, b) => a - b)];
        double mean = gains.Average();
        return new FoldGain(mean, Math.Sqrt(gains.Sum(g => (g - mean) * (g - mean)) / (gains.Length - 1) / gains.Length));
    }
}
