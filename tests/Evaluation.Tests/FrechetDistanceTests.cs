using FsCheck;
using FsCheck.Fluent;
using GanPipeline.Primitives;
using TorchSharp;

namespace GanPipeline.Evaluation.Tests;

public class FrechetDistanceTests
{
    [Fact]
    public void Of_a_set_and_itself_is_zero()
    {
        float[,] set = Reference(200, 0, 1);
        Assert.Equal(0, FrechetDistance.Between(set, set), 1e-6);
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
            double actual = FrechetDistance.Between(a, b);
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
        Assert.Equal(expected, FrechetDistance.Between(WithMoments(3, 1, a, 1), WithMoments(0, 2, b, 5)), 1e-5);
    }

    [Fact]
    public void Agrees_with_a_general_matrix_square_root() => // the value is that of scripts/reference/frechet_distance.py; features are float32
        Assert.Equal(2.406542868, FrechetDistance.Between(Reference(300, 0, 1), Reference(200, 0.1, 1.5)), 1e-6);

    [Fact]
    public void Is_symmetric_and_does_not_mind_constant_features()
    {
        float[,] a = Reference(50, 0, 1), b = Reference(40, 0.1, 1.5);
        for (int i = 0; i < 50; i++) a[i, 3] = 7;
        for (int i = 0; i < 40; i++) b[i, 3] = 7;
        double there = FrechetDistance.Between(a, b);
        Assert.True(double.IsFinite(there) && there > 0);
        Assert.Equal(there, FrechetDistance.Between(b, a), 1e-6);
    }

    [Fact]
    public void Refuses_sets_without_a_distance()
    {
        float[,] set = Reference(20, 0, 1), broken = Reference(20, 0, 1);
        broken[7, 2] = float.NaN;
        Assert.Contains("not a finite number", Assert.Throws<UserErrorException>(() => FrechetDistance.Between(set, broken)).Message);
        Assert.Contains("at least 2", Assert.Throws<UserErrorException>(() => FrechetDistance.Between(set, Reference(1, 0, 1))).Message);
        Assert.Throws<ArgumentException>(() => FrechetDistance.Between(set, new float[20, 3]));
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        float[,] set = Reference(20, 0, 1);
        long before = torch.Tensor.TotalCount;
        for (int i = 0; i < 3; i++) _ = FrechetDistance.Between(set, set);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    /// <summary>The sets of scripts/reference/frechet_distance.py.</summary>
    private static float[,] Reference(int rows, double phase, double scale)
    {
        float[,] set = new float[rows, 8];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < 8; j++) set[i, j] = (float)(scale * Math.Sin(0.7 * i + 1.3 * j * j + phase) + 0.05 * (i * (j + 3) % 17) + phase * j);
        return set;
    }

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
