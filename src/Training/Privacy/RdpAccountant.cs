namespace GanPipeline.Training.Privacy;

/// <summary>
/// How much a differentially private training gives away: Rényi differential privacy of the sampled Gaussian mechanism (Mironov, Talwar, Zhang 2019, "Rényi
/// differential privacy of the sampled Gaussian mechanism"). Each step takes every row with the same probability, by itself (Poisson sampling), clips each
/// row's gradient to norm C and adds noise of standard deviation σ · C. Two tables are neighbours if one has one row more.
/// </summary>
/// <param name="samplingRate">Probability that a step takes a row, above 0 and at most 1.</param>
/// <param name="noiseMultiplier">σ: the noise's standard deviation by the clipping norm, above 0.</param>
internal sealed class RdpAccountant(double samplingRate, double noiseMultiplier)
{
    private static readonly double[] Orders = [1.25, 1.5, 1.75, 2, 2.25, 2.5, 3, 3.5, 4, 4.5, .. Enumerable.Range(5, 59).Select(order => (double)order), 64,
        128, 256, 512];

    /// <summary>
    /// The smallest ε for which that many steps are (ε, δ)-differentially private, by the conversion of Canonne, Kamath and Steinke 2020, "The discrete
    /// Gaussian for differential privacy", proposition 12.
    /// </summary>
    /// <param name="steps">Steps of the training.</param>
    /// <param name="delta">δ, between 0 and 1; below one in the number of rows.</param>
    public double Epsilon(long steps, double delta) => Math.Max(0, Orders.Min(order =>
        steps * Divergence(order) + Math.Log(1 - 1 / order) - (Math.Log(delta) + Math.Log(order)) / (order - 1)));

    /// <summary>Rényi divergence of one step at an order above 1.</summary>
    internal double Divergence(double order)
    {
        if (samplingRate == 1) return order / (2 * noiseMultiplier * noiseMultiplier);
        // E[((1 - q) + q · exp((2z - 1) / 2σ²))^order] over z ~ N(0, σ²), as logarithms. The integrand is smooth and dies off on both sides, so that the plain
        // sum over an even grid is as exact as the numbers are.
        double variance = noiseMultiplier * noiseMultiplier, step = noiseMultiplier / 50, first = -14 * noiseMultiplier;
        int points = (int)Math.Ceiling((28 * noiseMultiplier + order + 1) / step);
        double largest = double.NegativeInfinity, sum = 0;
        for (int i = 0; i < points; i++)
        {
            double z = first + i * step, ratio = Math.Log(samplingRate) + (2 * z - 1) / (2 * variance), rest = Math.Log(1 - samplingRate);
            double mixed = Math.Max(ratio, rest) + Math.Log(1 + Math.Exp(-Math.Abs(ratio - rest)));
            double term = order * mixed - z * z / (2 * variance);
            if (term > largest) (sum, largest) = (sum * Math.Exp(largest - term) + 1, term);
            else sum += Math.Exp(term - largest);
        }
        return (largest + Math.Log(sum * step / (noiseMultiplier * Math.Sqrt(2 * Math.PI)))) / (order - 1);
    }

    /// <summary>The smallest noise multiplier, to one in a thousand, with which that many steps stay within ε.</summary>
    /// <param name="samplingRate">Probability that a step takes a row.</param>
    /// <param name="steps">Steps of the training.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="delta">δ.</param>
    /// <returns>The multiplier; its ε is at most the one that is asked for.</returns>
    public static double NoiseFor(double samplingRate, long steps, double epsilon, double delta)
    {
        double low = 0.05, high = 1;
        while (new RdpAccountant(samplingRate, high).Epsilon(steps, delta) > epsilon) high *= 2;
        while (high - low > 0.001 * high)
        {
            double middle = (low + high) / 2;
            if (new RdpAccountant(samplingRate, middle).Epsilon(steps, delta) > epsilon) low = middle;
            else high = middle;
        }
        return high;
    }
}
