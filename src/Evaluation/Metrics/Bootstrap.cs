namespace GanPipeline.Evaluation.Metrics;

/// <summary>
/// 95 % intervals by drawing the samples again with replacement (Efron and Tibshirani 1993, "An introduction to the bootstrap"). What it draws depends on the
/// seed and the purpose alone.
/// </summary>
internal static class Bootstrap
{
    private const int Draws = 1000;
    private const double Tail = 0.025, NormalQuantile = 1.959963984540054;

    /// <summary>The percentile interval of a mean (section 13.3).</summary>
    /// <param name="values">At least one; for a share, zeros and ones.</param>
    /// <param name="seed">Seed of the evaluation.</param>
    /// <param name="purpose">Name of the metric, so that each has random numbers of its own.</param>
    public static Interval OfMean(ReadOnlySpan<double> values, ulong seed, string purpose)
    {
        RandomStream random = Stream(seed, purpose);
        double[] means = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            double sum = 0;
            for (int i = 0; i < values.Length; i++) sum += values[random.Next(values.Length)];
            means[draw] = sum / values.Length;
        }
        return Percentiles(means);
    }

    /// <summary>The percentile interval of any statistic of rows that are drawn again.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="statistic">Takes the numbers of the drawn rows; must not keep the array.</param>
    /// <param name="seed">Seed of the evaluation.</param>
    /// <param name="purpose">Name of the metric.</param>
    /// <param name="draws">How often it is drawn.</param>
    public static Interval Of(int rows, Func<int[], double> statistic, ulong seed, string purpose, int draws = 200)
    {
        RandomStream random = Stream(seed, purpose);
        int[] places = new int[rows];
        double[] values = new double[draws];
        for (int draw = 0; draw < draws; draw++)
        {
            for (int i = 0; i < rows; i++) places[i] = random.Next(rows);
            values[draw] = statistic(places);
        }
        return Percentiles(values);
    }

    /// <summary>
    /// The interval value ± 1.96 standard deviations of the replicates (section 12.3), for statistics that drawing again shifts as well as spreads, such as a
    /// Fréchet distance: their percentiles would not contain the value.
    /// </summary>
    /// <param name="value">The statistic of the samples as they are.</param>
    /// <param name="replicates">The statistic of samples drawn again; at least two.</param>
    public static Interval Normal(double value, IReadOnlyCollection<double> replicates)
    {
        double mean = replicates.Average(), deviation = Math.Sqrt(replicates.Sum(r => (r - mean) * (r - mean)) / (replicates.Count - 1));
        return new Interval(value - NormalQuantile * deviation, value + NormalQuantile * deviation);
    }

    /// <summary>The numbers below <paramref name="rows"/> in a random order.</summary>
    public static int[] Order(int rows, ulong seed, string purpose)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        Stream(seed, $"{purpose} order").Shuffle<int>(order);
        return order;
    }

    /// <summary>The random numbers of a purpose.</summary>
    public static RandomStream Stream(ulong seed, string purpose) => new(SeedStream.Derive(seed, $"bootstrap {purpose}"));

    private static Interval Percentiles(double[] values)
    {
        if (!Array.TrueForAll(values, double.IsFinite)) values = Array.FindAll(values, double.IsFinite); // a round without one of the classes has no score
        if (values.Length == 0) return new Interval(double.NaN, double.NaN);
        Array.Sort(values);
        int low = (int)(Tail * values.Length);
        return new Interval(values[low], values[values.Length - 1 - low]);
    }
}
