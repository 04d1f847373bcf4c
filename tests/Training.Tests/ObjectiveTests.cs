using GanPipeline.Training.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>Values and gradients against the formulas worked out by hand.</summary>
public class ObjectiveTests
{
    private static readonly double[] Real = [2, -0.5, 0.25], Fake = [-1.5, 0.75, 3];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>Name, loss of one real and one generated logit for D, of one generated (and its real partner) for G.</summary>
    public static TheoryData<string, Func<double, double, double>, Func<double, double, double>> Formulas => new()
    {
        { "minimax", (r, f) => -Math.Log(Sigmoid(r)) - Math.Log(1 - Sigmoid(f)), (_, f) => Math.Log(1 - Sigmoid(f)) },
        { "non_saturating", (r, f) => -Math.Log(Sigmoid(r)) - Math.Log(1 - Sigmoid(f)), (_, f) => -Math.Log(Sigmoid(f)) },
        { "softmax", (r, f) => -Math.Log(Sigmoid(r)) - Math.Log(1 - Sigmoid(f)), (_, f) => -Math.Log(Sigmoid(f)) },
        { "least_squares", (r, f) => ((r - 1) * (r - 1) + f * f) / 2, (_, f) => (f - 1) * (f - 1) / 2 },
        { "hinge", (r, f) => Math.Max(0, 1 - r) + Math.Max(0, 1 + f), (_, f) => -f },
        { "wasserstein", (r, f) => f - r, (_, f) => -f },
        { "relativistic", (r, f) => -Math.Log(Sigmoid(r - f)), (r, f) => -Math.Log(Sigmoid(f - r)) },
    };

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Losses_and_gradients_are_those_of_the_formulas(string name, Func<double, double, double> d, Func<double, double, double> g)
    {
        var objective = Objective.Named(name);
        using DisposeScope scope = NewDisposeScope();
        Tensor real = tensor(Real, [3, 1]).requires_grad_(true), fake = tensor(Fake, [3, 1]).requires_grad_(true);
        Check(objective.DiscriminatorLoss(real, fake, 1), (r, f) => Mean(d, r, f), real, fake);
        Check(objective.GeneratorLoss(fake, objective.ComparesWithReal ? real : null), (r, f) => Mean(g, r, f), real, fake);
    }

    [Theory]
    [InlineData("minimax", 0.8)]
    [InlineData("least_squares", 0.7)]
    public void A_smoothed_target_is_taught_for_real_samples_alone(string name, double target)
    {
        var objective = Objective.Named(name);
        Assert.True(objective.HasTargets);
        using DisposeScope scope = NewDisposeScope();
        Tensor real = tensor(Real, [3, 1]).requires_grad_(true), fake = tensor(Fake, [3, 1]).requires_grad_(true);
        double Loss(double r, double f) => name == "least_squares" ? ((r - target) * (r - target) + f * f) / 2
            : -target * Math.Log(Sigmoid(r)) - (1 - target) * Math.Log(1 - Sigmoid(r)) - Math.Log(1 - Sigmoid(f));
        Check(objective.DiscriminatorLoss(real, fake, target), (r, f) => Mean(Loss, r, f), real, fake);
    }

    [Theory]
    [InlineData("minimax")]
    [InlineData("non_saturating")]
    [InlineData("relativistic")]
    public void Logits_of_any_size_give_finite_losses_and_gradients(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor real = tensor(new float[] { -300, 300 }, [2, 1]).requires_grad_(true), fake = tensor(new float[] { 300, -300 }, [2, 1]).requires_grad_(true);
        Tensor loss = Objective.Named(name).DiscriminatorLoss(real, fake, 1) + Objective.Named(name).GeneratorLoss(fake, real);
        loss.backward();
        Assert.True(float.IsFinite(loss.item<float>()));
        Assert.All([.. real.grad!.data<float>(), .. fake.grad!.data<float>()], g => Assert.True(float.IsFinite(g)));
    }

    /// <summary>Row S8: when D is sure, minimax leaves G no gradient, and the modified loss leaves it all.</summary>
    [Fact]
    public void Where_D_is_sure_minimax_gives_G_no_gradient_and_the_non_saturating_loss_does()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(-Sigmoid(-10), Slope("minimax"), 9);
        Assert.Equal(-Sigmoid(10), Slope("non_saturating"), 9);

        double Slope(string name)
        {
            Tensor fake = tensor(new double[] { -10 }, [1, 1]).requires_grad_(true);
            Objective.Named(name).GeneratorLoss(fake, null).backward();
            return fake.grad!.item<double>();
        }
    }

    [Theory]
    [InlineData("non_saturating", 0, 0.5, 0.0)]
    [InlineData("softmax", 0, 0.5, 0.0)]
    [InlineData("least_squares", 0.7, 0.7, 0.5)]
    [InlineData("hinge", -0.2, -0.2, 0.0)]
    [InlineData("wasserstein", 12, 12, null)]
    [InlineData("relativistic", -3, -3, null)]
    public void Scores_and_thresholds_are_the_objectives_own(string name, double realness, double score, double? threshold)
    {
        Assert.Equal(score, Objective.Named(name).Score(realness), 12);
        Assert.Equal(threshold, Objective.Named(name).Threshold);
    }

    private static double Mean(Func<double, double, double> loss, double[] real, double[] fake) => real.Zip(fake, loss).Average();

    private static void Check(Tensor loss, Func<double[], double[], double> formula, Tensor real, Tensor fake)
    {
        Assert.Equal(formula(Real, Fake), loss.item<double>(), 12);
        real.grad?.zero_();
        fake.grad?.zero_();
        loss.backward();
        const double H = 1e-5;
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal((formula(Moved(Real, i, H), Fake) - formula(Moved(Real, i, -H), Fake)) / (2 * H), real.grad is { } r ? r.data<double>()[i] : 0, 8);
            Assert.Equal((formula(Real, Moved(Fake, i, H)) - formula(Real, Moved(Fake, i, -H))) / (2 * H), fake.grad is { } f ? f.data<double>()[i] : 0, 8);
        }
    }

    private static double[] Moved(double[] values, int at, double by) => [.. values.Select((v, i) => i == at ? v + by : v)];
}
