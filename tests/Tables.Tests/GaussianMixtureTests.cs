using System.Text.Json;

namespace GanPipeline.Tables.Tests;

public class GaussianMixtureTests
{
    /// <summary>The values of scripts/record_mixture.py: standard normal quantiles, put together.</summary>
    private static readonly double[] Q = [.. Enumerable.Range(0, 400).Select(i => NormalQuantile((i + 0.5) / 400))];

    public static TheoryData<string> Cases => ["one", "two", "three unequal", "large numbers"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Finds_the_modes_and_the_density_that_scikit_learn_finds(string name)
    {
        double[] x = Values(name);
        GaussianMixture mixture = GaussianMixture.Fit(x, iterations: 2000).Pruned(0.005);
        JsonElement expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mixtures.json"))).RootElement.GetProperty("cases")
            .GetProperty(name);
        double spread = x.Max() - x.Min();
        Assert.Equal(expected.GetProperty("components").GetInt32(), mixture.Weights.Length);
        foreach ((double found, double mean) in mixture.Means.Order().Zip(Numbers(expected.GetProperty("means")))) Assert.Equal(mean, found, 0.01 * spread);
        foreach ((double found, double weight) in mixture.Weights.Order().Zip(Numbers(expected.GetProperty("weights")))) Assert.Equal(weight, found, 0.02);
        double[] grid = Numbers(expected.GetProperty("grid")), density = Numbers(expected.GetProperty("log_density"));
        for (int i = 0; i < grid.Length; i++)
        {
            double found = LogDensity(mixture, grid[i]);
            if (Math.Max(density[i], found) > density.Max() - 7) Assert.InRange(found, density[i] - 0.35, density[i] + 0.35); // where there are values
        }
    }

    [Fact]
    public void Two_far_modes_are_two_components()
    {
        GaussianMixture mixture = GaussianMixture.Fit(Values("two")).Pruned(0.005);
        Assert.All(Q, q => Assert.Equal(mixture.Component(-5), mixture.Component(-5 + q)));
        Assert.NotEqual(mixture.Component(-5), mixture.Component(5));
    }

    [Fact]
    public void One_value_is_one_component_of_no_width()
    {
        GaussianMixture mixture = GaussianMixture.Fit([3, 3, 3]);
        Assert.Equal([1.0, 3.0, 0.0], [.. mixture.Weights, .. mixture.Means, .. mixture.Deviations]);
    }

    [Theory]
    [InlineData(1, -0.5772156649015329)]
    [InlineData(0.001, -1000.5755719318103)]
    [InlineData(10, 2.251752589066721)]
    public void Digamma_has_its_known_values(double x, double value) => Assert.Equal(value, GaussianMixture.Digamma(x), 1e-10 * Math.Abs(value));

    private static double[] Values(string name) => name switch
    {
        "one" => [.. Q.Select(q => 3 + 2 * q)],
        "two" => [.. Q.Select(q => -5 + q), .. Q.Select(q => 5 + 0.5 * q)],
        "three unequal" => [.. Q.Select(q => 0.1 * q), .. Q.Where((_, i) => i % 4 == 0).Select(q => 10 + q), .. Q.Where((_, i) => i % 2 == 0)
            .Select(q => -20 + 3 * q)],
        _ => [.. Q.Select(q => 1e6 + 1e3 * q), .. Q.Where((_, i) => i % 2 == 0).Select(q => 1.1e6 + 5e3 * q)],
    };

    private static double LogDensity(GaussianMixture m, double x) => Math.Log(m.Weights.Select((w, k) =>
        w / m.Deviations[k] / Math.Sqrt(2 * Math.PI) * Math.Exp(-(x - m.Means[k]) * (x - m.Means[k]) / (2 * m.Deviations[k] * m.Deviations[k]))).Sum());

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(e => e.GetDouble())];

    /// <summary>By bisection of the distribution function in its series form: slow, and right to 1e-12.</summary>
    private static double NormalQuantile(double p)
    {
        (double low, double high) = (-8, 8);
        while (high - low > 1e-13)
        {
            double middle = (low + high) / 2;
            if (Distribution(middle) < p) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    private static double Distribution(double x)
    {
        double term = x, sum = x;
        for (int n = 1; n < 300; n++) sum += term *= x * x / (2 * n + 1);
        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
