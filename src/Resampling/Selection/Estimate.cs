namespace GanPipeline.Resampling.Selection;

/// <summary>
/// A score, and the same without a tenth of each class's rows after the other, the same tenths for all estimates: the jackknife, which says how sure a
/// difference of two is (Efron and Tibshirani 1993, "An introduction to the bootstrap", section 11.5).
/// </summary>
/// <param name="Score">The score of all rows; higher is better.</param>
/// <param name="Without">[groups] the score without each group.</param>
internal sealed record Estimate(double Score, double[] Without)
{
    /// <summary>The mean of some.</summary>
    public static Estimate Mean(IReadOnlyList<Estimate> of) =>
        new(of.Average(e => e.Score), [.. Enumerable.Range(0, of[0].Without.Length).Select(group => of.Average(e => e.Without[group]))]);

    /// <summary>Whether it is better than another by more than some standard errors of the difference.</summary>
    public bool IsAhead(Estimate other, double standardErrors)
    {
        double[] gains = [.. Without.Zip(other.Without, (a, b) => a - b)];
        double mean = gains.Average(), groups = gains.Length;
        double error = Math.Sqrt((groups - 1) / groups * gains.Sum(gain => (gain - mean) * (gain - mean)));
        return Score - other.Score > standardErrors * error;
    }
}
