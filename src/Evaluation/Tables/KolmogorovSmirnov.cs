using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Largest difference between the cumulative distributions of a numeric column, generated against real, 0 to 1, and the mean over the columns. Missing values
/// are left out here and counted by missing-values.
/// </summary>
internal sealed class KolmogorovSmirnov : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "kolmogorov-smirnov";

    /// <inheritdoc/>
    public override string Title => "Kolmogorov-Smirnov distance of a column";

    /// <inheritdoc/>
    public override string Paper => "Kolmogorov 1933; Smirnov 1948, Table for estimating the goodness of fit of empirical distributions";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => PerColumn.NoNumbers(input);

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        return PerColumn.Numbers(input, Name, Distance).Select(r => Result(r.Value, r.Interval, r.Sample, r.Column));
    }

    /// <summary>The distance of two samples of numbers, each sorted.</summary>
    internal static double Distance(double[] a, double[] b)
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
}
