namespace GanPipeline.Tables;

/// <summary>Distinct numbers in ascending order, with the rows that have each, as one number a row.</summary>
internal static class SortedValues
{
    private const int QuantileCount = 257;

    /// <summary>The numbers at equally spaced ranks, from the smallest to the largest.</summary>
    public static double[] Quantiles((double Value, int Count)[] values)
    {
        double[] all = Spread(values, int.MaxValue);
        return [.. Enumerable.Range(0, QuantileCount).Select(i => all[(int)Math.Round(i * (all.Length - 1.0) / (QuantileCount - 1))])];
    }

    /// <summary>Sorted values with repetitions, or every k-th of them where there are more than <paramref name="most"/>.</summary>
    public static double[] Spread((double Value, int Count)[] values, int most)
    {
        long rows = values.Sum(v => (long)v.Count);
        int kept = (int)Math.Min(rows, most);
        double[] all = new double[kept];
        long before = 0;
        int next = 0;
        foreach ((double value, int count) in values)
        {
            before += count;
            while (next < kept && (long)((next + 0.5) * rows / kept) < before) all[next++] = value;
        }
        return all;
    }
}
