using GanPipeline.Training.Privacy;

namespace GanPipeline.Training.Tests;

public class RdpAccountantTests
{
    /// <summary>
    /// Figures that others published: Abadi et al. 2016, "Deep learning with differential privacy", section 5.1 (ε = 1.26 at q = 0.01, σ = 4, 10,000 steps);
    /// the table of TensorFlow Privacy's MNIST tutorial (1.19 and 3.01); that library's own checks (to nine digits). They use the older conversion ε = RDP +
    /// log(1/δ) / (α - 1).
    /// </summary>
    [Theory]
    [InlineData(0.01, 4, 10_000, 1e-5, 1.26, 2)]
    [InlineData(256 / 60_000.0, 1.3, 3_516, 1e-5, 1.19, 2)]
    [InlineData(256 / 60_000.0, 1.1, 14_063, 1e-5, 3.01, 2)]
    [InlineData(150 / 60_000.0, 1.3, 6_000, 1e-5, 0.941870567, 9)]
    [InlineData(100 / 100_000.0, 1.0, 30_000, 1e-7, 1.70928734, 8)]
    public void PublishedValues(double rate, double noise, long steps, double delta, double epsilon, int digits)
    {
        var accountant = new RdpAccountant(rate, noise);
        double[] orders = [1.25, 1.5, 1.75, 2, 2.25, 2.5, 3, 3.5, 4, 4.5, .. Enumerable.Range(5, 59)];
        Assert.Equal(epsilon, orders.Min(order => steps * accountant.Divergence(order) - Math.Log(delta) / (order - 1)), digits);
        Assert.InRange(accountant.Epsilon(steps, delta), epsilon * 0.5, epsilon); // the newer conversion never says more
    }

    /// <summary>At whole orders the divergence is a finite sum (Mironov, Talwar, Zhang 2019, section 3.3).</summary>
    [Theory]
    [InlineData(0.01, 1.0, 2)]
    [InlineData(0.2, 0.7, 5)]
    [InlineData(0.5, 3.0, 16)]
    public void WholeOrdersAreTheBinomialSum(double rate, double noise, int order)
    {
        double sum = 0, binomial = 1;
        for (int k = 0; k <= order; k++)
        {
            sum += binomial * Math.Pow(1 - rate, order - k) * Math.Pow(rate, k) * Math.Exp((k * k - k) / (2 * noise * noise));
            binomial = binomial * (order - k) / (k + 1);
        }
        double expected = Math.Log(sum) / (order - 1);
        Assert.Equal(expected, new RdpAccountant(rate, noise).Divergence(order), expected * 1e-9);
    }

    [Fact]
    public void WithoutSamplingItIsTheGaussianMechanism() => Assert.Equal(3 / (2 * 1.5 * 1.5), new RdpAccountant(1, 1.5).Divergence(3), 12);

    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(3, 0.01)]
    [InlineData(10, 0.3)]
    public void TheNoiseForABudgetKeepsToItAndIsNotMuchMoreThanNeeded(double epsilon, double rate)
    {
        double noise = RdpAccountant.NoiseFor(rate, 2000, epsilon, 1e-5);
        Assert.InRange(new RdpAccountant(rate, noise).Epsilon(2000, 1e-5), epsilon * 0.98, epsilon);
    }
}
