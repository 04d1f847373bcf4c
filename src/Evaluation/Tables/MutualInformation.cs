using System.Globalization;

namespace GanPipeline.Evaluation.Tables;

/// <summary>Mutual information of two columns of categories or bins.</summary>
internal static class MutualInformation
{
    private const int BinCount = 10;

    /// <summary>Each row's category as a number; numbers go into ten bins at the deciles of the real column, upper ends excluded.</summary>
    public static int[] Bins(TableColumn column, TableColumn real)
    {
        double[] edges = [];
        if (real.IsNumeric)
        {
            double[] sorted = [.. real.Numbers!.Where(v => !double.IsNaN(v)).Order()];
            if (sorted.Length > 0) edges = [.. Enumerable.Range(1, BinCount - 1).Select(i => Quantile.OfSorted(sorted, i / (double)BinCount))];
        }
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] bins = new int[column.Rows];
        for (int row = 0; row < bins.Length; row++)
        {
            string key = column.Words is { } words ? words[row] ?? "\0" : double.IsNaN(column.Numbers![row]) ? "\0"
                : edges.Count(e => e <= column.Numbers[row]).ToString(CultureInfo.InvariantCulture);
            bins[row] = numbers.TryGetValue(key, out int known) ? known : numbers[key] = numbers.Count;
        }
        return bins;
    }

    /// <summary>Mutual information over the mean of the two entropies, 0 to 1; 0 where neither has any.</summary>
    public static double Normalised(int[] a, int[] b)
    {
        double entropyA = Entropy(a), entropyB = Entropy(b), joint = Entropy(a.Zip(b));
        double mean = (entropyA + entropyB) / 2;
        return mean > 0 ? Math.Max(0, (entropyA + entropyB - joint) / mean) : 0;
    }

    private static double Entropy<T>(IEnumerable<T> values) where T : notnull
    {
        int[] counts = [.. values.CountBy(v => v).Select(p => p.Value)];
        double all = counts.Sum();
        return -counts.Sum(c => c / all * Math.Log(c / all));
    }
}
