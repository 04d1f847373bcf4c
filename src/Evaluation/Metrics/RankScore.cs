namespace GanPipeline.Evaluation.Metrics;

/// <summary>
/// How often a number of one set is above a number of another: the Mann-Whitney statistic over the number of pairs, ties half, which is the area under the ROC
/// curve (Hanley and McNeil 1982, "The meaning and use of the area under a receiver operating characteristic (ROC) curve").
/// </summary>
internal static class RankScore
{
    /// <summary>The probability that a number of <paramref name="a"/> is above one of <paramref name="b"/>; 0.5 where the two are alike.</summary>
    /// <param name="a">At least one number.</param>
    /// <param name="b">At least one number.</param>
    public static double Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] left = a.ToArray(), right = b.ToArray();
        Array.Sort(left);
        Array.Sort(right);
        double above = 0;
        int below = 0, upTo = 0;
        foreach (double value in left)
        {
            while (below < right.Length && right[below] < value) below++;
            while (upTo < right.Length && right[upTo] <= value) upTo++;
            above += below + (upTo - below) / 2.0;
        }
        return above / ((double)left.Length * right.Length);
    }

    /// <summary>Its 95 % interval, both sets drawn again; null where one is too small.</summary>
    /// <param name="a">At least one number.</param>
    /// <param name="b">At least one number.</param>
    /// <param name="seed">Seed of the evaluation.</param>
    /// <param name="purpose">Name of the metric.</param>
    public static Interval? Interval(double[] a, double[] b, ulong seed, string purpose)
    {
        if (Math.Min(a.Length, b.Length) < Bootstrap.FewestRows) return null;
        RandomStream random = Bootstrap.Stream(seed, $"{purpose} other side");
        return Bootstrap.Of(a.Length, places => Of([.. places.Select(p => a[p])], [.. b.Select(_ => b[random.Next(b.Length)])]), seed, purpose);
    }
}
