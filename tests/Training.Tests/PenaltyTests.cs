using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Objectives;
using GanPipeline.Training.Optimization;
using GanPipeline.Training.Regularizers;
using GanPipeline.Training.Updates;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>
/// What takes a gradient of a gradient, against central differences: the penalty's value, its gradient in D's weights, and what unrolling gives G. In double
/// precision and on a smooth network the differences are good to about 1e-9, so 1e-6 is a tolerance that any slip exceeds.
/// </summary>
public sealed class PenaltyTests : IDisposable
{
    private const double H = 1e-5, Tolerance = 1e-6;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Discriminator _d;
    private readonly Tensor _real, _fake, _label;

    public PenaltyTests()
    {
        manual_seed(5);
        _d = new Discriminator(nn.Sequential(nn.Linear(2, 5, dtype: float64), nn.Tanh()), new OneHotConcat(2, 1, CPU),
            nn.Sequential(nn.Linear(7, 4, dtype: float64), nn.Softplus(1, 20), nn.Linear(4, 1, dtype: float64)));
        using (no_grad()) foreach (Tensor p in _d.parameters()) p.mul_(3);
        (_real, _fake, _label) = (randn(6, 2, dtype: float64), randn(6, 2, dtype: float64), arange(6, int64).remainder(2));
    }

    public void Dispose()
    {
        _d.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void R1_is_the_squared_gradient_at_real_samples() =>
        CheckPenalty(new R1Options { Weight = 0.7, Every = 4 }, () => 0.7 * 4 / 2 * SquaredSlopes(_real).Average());

    [Fact]
    public void R2_is_the_squared_gradient_at_generated_samples() =>
        CheckPenalty(new R2Options { Weight = 0.3, Every = 2 }, () => 0.3 * 2 / 2 * SquaredSlopes(_fake).Average());

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void The_gradient_penalty_is_that_of_points_between(double target) =>
        CheckPenalty(new GradientPenaltyOptions { Weight = 10, Target = target, Every = 2 },
            () => 10 * 2 * SquaredSlopes(_real + FixedDraws.Share(6).unsqueeze(1) * (_fake - _real)).Average(s => Math.Pow(Math.Sqrt(s) - target, 2)));

    /// <summary>A discriminator without any slope must not make the penalty's gradient NaN.</summary>
    [Fact]
    public void A_flat_discriminator_has_a_gradient_penalty_with_finite_gradients()
    {
        using (no_grad()) foreach (Tensor p in _d.parameters()) p.zero_();
        Penalty(new GradientPenaltyOptions()).backward();
        Assert.All(_d.parameters(), p => Assert.All(p.grad is null ? [] : p.grad.data<double>().ToArray(), v => Assert.True(double.IsFinite(v))));
    }

    private void CheckPenalty(PenaltyOptions penalty, Func<double> expected)
    {
        Assert.Equal(expected(), Penalty(penalty).item<double>(), Tolerance);
        foreach (Tensor p in _d.parameters()) p.grad?.zero_();
        Penalty(penalty).backward();
        double largest = 0;
        foreach (Tensor p in _d.parameters())
        {
            double[] gradient = p.grad is null ? new double[p.numel()] : p.grad.data<double>().ToArray();
            largest = Math.Max(largest, gradient.Max(Math.Abs));
            for (int i = 0; i < gradient.Length; i++) Assert.Equal(Difference(p, i, () => Penalty(penalty).item<double>()), gradient[i], Tolerance);
        }
        Assert.InRange(largest, 0.01, 1e4);
        Assert.False(_real.requires_grad);
    }

    private Tensor Penalty(PenaltyOptions penalty) => penalty.Penalty(new PenaltyInput(_d, Discriminate(_real), Discriminate(_fake), _label, new FixedDraws()));

    private DiscriminatorPass Discriminate(Tensor samples)
    {
        Tensor x = samples.detach().requires_grad_(true);
        return new DiscriminatorPass(x, _d.call(x, _label));
    }

    private double[] SquaredSlopes(Tensor samples)
    {
        double[] squares = new double[samples.shape[0]];
        for (int i = 0; i < samples.numel(); i++)
            squares[i / 2] += Math.Pow(Difference(samples, i, () => _d.call(samples, _label).Logits.sum().item<double>()), 2);
        return squares;
    }

    private static double Difference(Tensor values, int at, Func<double> measure)
    {
        Tensor entry;
        using (no_grad()) entry = values.detach().view(-1).narrow(0, at, 1);
        double before = entry.item<double>();
        using (no_grad()) entry.fill_(before + H);
        double up = measure();
        using (no_grad()) entry.fill_(before - H);
        double down = measure();
        using (no_grad()) entry.fill_(before);
        return (up - down) / (2 * H);
    }

    private sealed class FixedDraws : Draws
    {
        public override RealBatch Real() => throw new NotSupportedException();

        public override Tensor Normal(params long[] shape) => throw new NotSupportedException();

        public override Tensor Uniform(params long[] shape) => Share(shape[0]).view(shape);

        /// <summary>Other shares for other samples, none at the ends.</summary>
        public static Tensor Share(long count) => (arange(0, count, float64) + 0.5) / count;
    }
}
