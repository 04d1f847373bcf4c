namespace GanPipeline.Evaluation.Metrics;

/// <summary>
/// Quantiles of samples, interpolated between the two nearest (definition 7 of Hyndman and Fan 1996, "Sample quantiles in statistical packages").
/// </summary>
internal static class Quantile
{
    /// <summary>The middle of the numbers, of which there is at least one.</summary>
    public static double Median(double[] values) => OfSorted([.. values.Order()], 0.5);

    /// <summary>The quantile at a probability of 0 to 1 of numbers in ascending order.</summary>
    public static double OfSorted(double[] sorted, double probability)
    {
        double place = probability * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }
}
