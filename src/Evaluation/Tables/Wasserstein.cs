using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// How far the values of a numeric column have to be moved to make the generated distribution the real one (Wasserstein-1), in standard deviations of the
/// real column, and the mean over the columns.
/// </summary>
internal sealed class Wasserstein : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "wasserstein";

    /// <inheritdoc/>
    public override string Title => "Wasserstein distance of a column";

    /// <inheritdoc/>
    public override string Paper => "Vallender 1974, Calculation of the Wasserstein distance between probability distributions on the line";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => PerColumn.NoNumbers(input);

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        return PerColumn.Numbers(input, Name, Distance).Select(r => Result(r.Value, r.Interval, r.Sample, r.Column));
    }

    /// <summary>
    /// The distance of generated (a) and real (b) numbers, each sorted; not finite where all real ones are equal and some generated one differs.
    /// </summary>
    internal static double Distance(double[] a, double[] b)
    {
        double area = 0, mean = b.Average(), deviation = Math.Sqrt(b.Average(v => (v - mean) * (v - mean)));
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
}
