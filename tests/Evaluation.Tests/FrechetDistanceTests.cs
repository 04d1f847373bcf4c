using FsCheck;
using FsCheck.Fluent;
using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Primitives;
using TorchSharp;

namespace GanPipeline.Evaluation.Tests;

public class FrechetDistanceTests
{
    [Fact]
    public void Of_a_set_and_itself_is_zero()
    {
        float[,] set = TestData.Waves(200, 0, 1);
        Assert.Equal(0, Between(set, set), 1e-6);
    }

    [Fact]
    public void In_one_dimension_is_the_differences_of_mean_and_deviation_squared()
    {
        Gen<int> numbers = Gen.Choose(-50, 50), spreads = Gen.Choose(0, 40);
        Prop.ForAll(Arb.From(Gen.Zip(Gen.Zip(numbers, spreads), Gen.Zip(numbers, spreads))), pair =>
        {
            var ((meanA, spreadA), (meanB, spreadB)) = pair;
            // {m - s, m + s} has mean m and the unbiased variance 2 s².
            double expected = Math.Pow(meanA - meanB, 2) + 2 * Math.Pow(spreadA - spreadB, 2);
            float[,] a = { { meanA - spreadA }, { meanA + spreadA } }, b = { { meanB - spreadB }, { meanB + spreadB } };
            double actual = Between(a, b);
            return Math.Abs(actual - expected) <= 1e-9 * (1 + expected);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Of_two_gaussians_in_the_plane_follows_the_closed_form()
    {
        // For 2 x 2 matrices tr (A B)^½ = sqrt(tr AB + 2 sqrt(det AB)). The two covariances here do not commute, nor are the two sets of equal size.
        double[,] a = { { 4, 1 }, { 1, 2 } }, b = { { 1, -0.6 }, { -0.6, 3 } };
        double traceAb = a[0, 0] * b[0, 0] + 2 * a[0, 1] * b[0, 1] + a[1, 1] * b[1, 1];
        double detAb = (a[0, 0] * a[1, 1] - a[0, 1] * a[0, 1]) * (b[0, 0] * b[1, 1] - b[0, 1] * b[0, 1]);
        double expected = 9 + 1 + 6 + 4 - 2 * Math.Sqrt(traceAb + 2 * Math.Sqrt(detAb));
        Assert.Equal(expected, Between(WithMoments(3, 1, a, 1), WithMoments(0, 2, b, 5)), 1e-5);
    }

    [Fact]
    public void Agrees_with_a_general_matrix_square_root() => // SciPy's sqrtm: seven digits
        Assert.Equal(Recorded.Number("frechet-distance"), Between(TestData.Waves(300, 0, 1), TestData.Waves(200, 0.1, 1.5)), 1e-6);

    [Fact]
    public void Is_symmetric_and_does_not_mind_constant_features()
    {
        float[,] a = TestData.Waves(50, 0, 1), b = TestData.Waves(40, 0.1, 1.5);
        for (int i = 0; i < 50; i++) a[i, 3] = 7;
        for (int i = 0; i < 40; i++) b[i, 3] = 7;
        double there = Between(a, b);
        Assert.True(double.IsFinite(there) && there > 0);
        Assert.Equal(there, Between(b, a), 1e-6);
    }

    [Fact]
    public void Refuses_sets_without_a_distance()
    {
        float[,] set = TestData.Waves(20, 0, 1), broken = TestData.Waves(20, 0, 1);
        broken[7, 2] = float.NaN;
        Assert.Contains("not a finite number", Assert.Throws<UserErrorException>(() => Between(set, broken)).Message);
        Assert.Contains("at least 2", Assert.Throws<UserErrorException>(() => Between(set, TestData.Waves(1, 0, 1))).Message);
        Assert.Throws<ArgumentException>(() => Between(set, new float[20, 3]));
    }

    [Fact]
    public void Has_an_interval_around_it_that_narrows_with_more_samples()
    {
        MetricResult few = Measured(100), many = Measured(1600);
        Assert.InRange(few.Value, few.Low!.Value, few.High!.Value);
        Assert.InRange(many.Value, many.Low!.Value, many.High!.Value);
        Assert.True(many.High - many.Low < 0.5 * (few.High - few.Low), $"{few} {many}");
        Assert.Equal(many, Measured(1600));

        static MetricResult Measured(int rows) => Assert.Single(
            MetricCatalog.OfFeatures.Named(["frechet-distance"])[0].Measure(
                new FeatureComparison(TestData.Normal(rows, 4, 1, 1), TestData.Normal(rows, 4, 2), "made") { Seed = 3 }));
    }

    [Fact]
    public void Extrapolated_to_infinitely_many_samples_loses_its_bias()
    {
        // Two sets from one distribution: the distance itself is far above 0, and so it is for a shifted one whose true distance is 4 x 0.25² = 0.25.
        var same = new FeatureComparison(TestData.Normal(1600, 4, 1), TestData.Normal(1600, 4, 2), "made");
        var shifted = new FeatureComparison(TestData.Normal(1600, 4, 3, 0.25f), TestData.Normal(1600, 4, 4), "made");
        var metric = MetricCatalog.OfFeatures.Named(["frechet-distance-unbiased"])[0];
        Assert.InRange(Assert.Single(metric.Measure(same)).Value, -0.004, 0.004);
        Assert.InRange(Assert.Single(metric.Measure(shifted)).Value, 0.18, 0.32);
        Assert.NotNull(metric.Obstacle(new FeatureComparison(TestData.Normal(79, 4, 1), TestData.Normal(1600, 4, 2), "made")));
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        float[,] set = TestData.Waves(20, 0, 1);
        long before = torch.Tensor.TotalCount;
        for (int i = 0; i < 3; i++) _ = Between(set, set);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static double Between(float[,] a, float[,] b) => FrechetDistance.Between(new FeatureSet(a), new FeatureSet(b));

    /// <summary>Four points a round whose mean and unbiased covariance are the given ones.</summary>
    private static float[,] WithMoments(double meanX, double meanY, double[,] covariance, int rounds)
    {
        double l11 = Math.Sqrt(covariance[0, 0]), l21 = covariance[0, 1] / l11, l22 = Math.Sqrt(covariance[1, 1] - l21 * l21); // Cholesky
        double unit = Math.Sqrt((4.0 * rounds - 1) / (2 * rounds));
        float[,] set = new float[4 * rounds, 2];
        for (int i = 0; i < 4 * rounds; i++)
        {
            double sign = i % 2 == 0 ? unit : -unit, u = i % 4 < 2 ? sign : 0, v = sign - u;
            (set[i, 0], set[i, 1]) = ((float)(meanX + l11 * u), (float)(meanY + l21 * u + l22 * v));
        }
        return set;
    }
}
