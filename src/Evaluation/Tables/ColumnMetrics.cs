namespace GanPipeline.Evaluation.Tables;

/// <summary>How the columns of generated rows compare with those of real rows: one at a time, and two at a time.</summary>
internal static class ColumnMetrics
{
    public static IReadOnlyList<MetricDescriptor<TableComparison>> All { get; } =
    [
        // Largest difference between the cumulative distributions. Missing values are left out here and counted by missing-values.
        new("kolmogorov-smirnov", "Kolmogorov-Smirnov distance of a column", "0 to 1", Better.Lower,
            "Kolmogorov 1933; Smirnov 1948, Table for estimating the goodness of fit of empirical distributions",
            Breakdown.Columns, [TableNeeds.Numbers], PerColumn.Numbers(KolmogorovSmirnov, most: 1)),
        new("wasserstein", "Wasserstein distance of a column", "0 and above, in standard deviations of the real column", Better.Lower,
            "Vallender 1974, Calculation of the Wasserstein distance between probability distributions on the line",
            Breakdown.Columns, [TableNeeds.Numbers], PerColumn.Numbers(WassersteinDistance, double.PositiveInfinity)),
        // Share of the real range, smallest to largest, that the generated values span.
        new("range-coverage", "Part of a column's range that is covered", "0 to 1", Better.Higher,
            "Patki, Wedge and Veeramachaneni 2016, The synthetic data vault; as in SDMetrics' RangeCoverage",
            Breakdown.Columns, [TableNeeds.Numbers], PerColumn.Numbers(RangeCoverage, most: null)),
        new("category-coverage", "Categories that appear among the generated rows", "0 to 1", Better.Higher,
            "Patki, Wedge and Veeramachaneni 2016, The synthetic data vault; as in SDMetrics' CategoryCoverage",
            Breakdown.Columns, [TableNeeds.Words], PerColumn.Words(CategoryCoverage, most: null)),
        new(ValidValues.Name, "Values that a real row could have", "0 to 1; 1 where nothing is wrong", Better.Higher,
            "Patki, Wedge and Veeramachaneni 2016, The synthetic data vault; as in SDMetrics' CategoryAdherence and BoundaryAdherence",
            Breakdown.Columns, [], (c, _) => ValidValues.Shares(c)),
        // Half the sum of the differences between the shares of the categories. A missing value is a category of its own.
        new("total-variation", "Total variation of a column's categories", "0 to 1", Better.Lower,
            "Levin, Peres and Wilmer 2009, Markov chains and mixing times, section 4.1",
            Breakdown.Columns, [TableNeeds.Words], PerColumn.Words(TotalVariation, most: 1)),
        // Of each class, too, against the rows that the generator was trained on where they are known: it is to lack values as often as they do.
        new("missing-values", "Difference of the shares of missing values", "0 to 1", Better.Lower,
            "Little and Rubin 2002, Statistical analysis with missing data, chapter 1",
            Breakdown.ColumnsAndClasses, [TableNeeds.That("missing values", c => c.Real.Columns.Concat(c.Generated.Columns)
                .Any(column => column.MissingShare > 0), "no value is missing in either table")], (c, _) => MissingValues.Shares(c)),
        // Mean absolute difference between Pearson's correlations over all pairs. A column without spread has correlations of 0.
        new("correlation-difference", "Difference of the correlations", "0 to 2", Better.Lower,
            "Pearson 1895, Note on regression and inheritance in the case of two parents",
            Breakdown.None, [TableNeeds.That("2 numeric columns", c => c.Real.Columns.Count(column => column.IsNumeric) > 1,
                "there are fewer than two numeric columns")],
            (c, purpose) => [ColumnPairs.Compare(c, purpose, c.Real.Columns.Where(column => column.IsNumeric), most: 2, Correlation.Of)]),
        // Mean absolute difference between the mutual informations over the mean of the entropies. Numbers are put into ten bins at the real column's deciles.
        new("mutual-information-difference", "Difference of the mutual informations", "0 to 1", Better.Lower,
            "Shannon 1948, A mathematical theory of communication; normalised as in Vinh, Epps and Bailey 2010, " +
                "Information theoretic measures for clusterings comparison",
            Breakdown.None, [TableNeeds.That("2 columns", c => c.Real.Columns.Count > 1, "there are fewer than two columns")],
            (c, purpose) => [ColumnPairs.Compare(c, purpose, c.Real.Columns, most: 1, (a, b) =>
                MutualInformation.Normalised(MutualInformation.Bins(a, c.Real[a.Name]), MutualInformation.Bins(b, c.Real[b.Name])))]),
    ];

    /// <summary>The distance of two samples of numbers, each sorted.</summary>
    private static double KolmogorovSmirnov(double[] a, double[] b)
    {
        double largest = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            double x = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= x) i++;
            while (j < b.Length && b[j] <= x) j++;
            largest = Math.Max(largest, Math.Abs((double)i / a.Length - (double)j / b.Length));
        }
        return largest;
    }

    /// <summary>
    /// How far generated (a) numbers have to be moved to be distributed as real (b) ones, each sorted; not finite where all real ones are equal and some
    /// generated one differs.
    /// </summary>
    private static double WassersteinDistance(double[] a, double[] b)
    {
        double area = 0, deviation = ColumnSpread.Of(b).Deviation;
        double last = Math.Min(a[0], b[0]);
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            double x = j >= b.Length || (i < a.Length && a[i] <= b[j]) ? a[i] : b[j];
            area += Math.Abs((double)i / a.Length - (double)j / b.Length) * (x - last);
            while (i < a.Length && a[i] <= x) i++;
            while (j < b.Length && b[j] <= x) j++;
            last = x;
        }
        return area == 0 ? 0 : area / deviation;
    }

    private static double RangeCoverage(double[] generated, double[] real)
    {
        double range = real[^1] - real[0];
        double spanned = Math.Max(0, Math.Min(generated[^1], real[^1]) - Math.Max(generated[0], real[0]));
        return range > 0 ? spanned / range : generated[0] <= real[0] && generated[^1] >= real[0] ? 1 : 0;
    }

    private static double CategoryCoverage(string[] generated, string[] real)
    {
        string[] known = [.. real.Distinct()];
        return (double)known.Intersect(generated).Count() / known.Length;
    }

    private static double TotalVariation(string[] generated, string[] real)
    {
        Dictionary<string, double> shares = Shares(generated), other = Shares(real);
        return shares.Keys.Union(other.Keys).Sum(k => Math.Abs(shares.GetValueOrDefault(k) - other.GetValueOrDefault(k))) / 2;

        static Dictionary<string, double> Shares(string[] words) =>
            words.CountBy(w => w).ToDictionary(p => p.Key, p => (double)p.Value / words.Length, StringComparer.Ordinal);
    }
}
