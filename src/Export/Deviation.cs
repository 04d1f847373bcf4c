namespace GanPipeline.Export;

/// <summary>Differences as a share of how much the network's own samples vary.</summary>
internal static class Deviation
{
    /// <summary>Samples of the network that tell how much each number varies.</summary>
    public const int Samples = 256;

    private const double LeastShare = 0.1; // of the average spread: a pixel that is always black has next to none

    /// <summary>The standard deviation of each number of a sample, but no less than a tenth of their root mean square.</summary>
    /// <param name="samples">[N, size], row-major.</param>
    /// <param name="size">Numbers of a sample.</param>
    public static double[] Spreads(ReadOnlySpan<float> samples, int size)
    {
        var spreads = new double[size];
        for (var j = 0; j < size; j++)
        {
            var (sum, squares) = (0.0, 0.0);
            for (var i = j; i < samples.Length; i += size)
            {
                var number = (double)samples[i] - samples[j]; // less the first: numbers far from 0 keep their digits
                (sum, squares) = (sum + number, squares + number * number);
            }

            var count = (double)samples.Length / size;
            spreads[j] = Math.Sqrt(Math.Max(0, squares / count - sum / count * (sum / count)));
        }

        var least = LeastShare * Math.Sqrt(spreads.Average(spread => spread * spread));
        return Array.ConvertAll(spreads, spread => Math.Max(spread, least));
    }

    /// <summary>The mean of the differences, each divided by the spread of its number; 0 of no samples.</summary>
    /// <param name="differences">[N, size], row-major.</param>
    /// <param name="spreads">[size]; where one is 0, any difference is 1.</param>
    public static double Mean(IReadOnlyCollection<double> differences, double[] spreads) => differences.Count == 0 ? 0
        : differences.Select((difference, i) => Share(difference, spreads[i % spreads.Length])).Average();

    /// <summary>A difference as a share of a spread.</summary>
    public static double Share(double difference, double spread) => difference == 0 ? 0 : spread > 0 ? difference / spread : 1;
}
