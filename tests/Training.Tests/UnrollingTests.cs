using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Regularizers;
using GanPipeline.Training.Updates;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Tests;

/// <summary>
/// G's gradient through the steps of D that it looks ahead, against central differences of the loss as a function of G's weights. The networks are those of
/// training, in single precision, but smooth (tanh): a difference over 2 · 1/64 is good to about 1e-3 of a gradient of size 1.
/// </summary>
public class UnrollingTests
{
    private static readonly SampleFormat Plane = new(SampleFormat.Points, [2], 1, 0);

    [Theory]
    [InlineData("non_saturating", 1)]
    [InlineData("non_saturating", 4)]
    [InlineData("relativistic", 3)]
    public void The_gradient_goes_through_the_steps_looked_ahead(string objective, int steps)
    {
        using DisposeScope scope = NewDisposeScope();
        using GanPair pair = Pair(objective);
        var unrolling = new UnrollingOptions { Steps = steps, LearningRate = 0.8 };
        Tensor noise = randn(8, 3), real = randn(8, 2) + 1;
        var draws = new NoDraws();
        Tensor weights = pair.Generator.Network.Parameters, before = pair.Discriminator.Network.Parameters.clone();
        pair.Generator.Network.Gradients.zero_();
        double loss = unrolling.AddGradient(pair, pair.G.call(noise, null), new RealBatch(real, null), draws).item<float>();
        float[] gradient = pair.Generator.Network.Gradients.data<float>().ToArray();
        Assert.Equal(before.data<float>().ToArray(), pair.Discriminator.Network.Parameters.data<float>().ToArray());

        const float Step = 1f / 64;
        double through = 0, without = 0;
        Tensor[] plain = [.. autograd.grad([PlainLoss()], [.. pair.G.parameters()])];
        float[] first = cat([.. plain.Select(p => p.reshape(-1))]).data<float>().ToArray();
        for (int i = 0; i < gradient.Length; i++)
        {
            double difference = (Moved(i, Step) - Moved(i, -Step)) / (2 * Step);
            through = Math.Max(through, Math.Abs(difference - gradient[i]));
            without = Math.Max(without, Math.Abs(difference - first[i]));
        }
        Assert.InRange(through, 0, 1e-3);
        Assert.InRange(without, 0.01, 100); // the gradient without looking ahead is another one, so the check could fail
        Assert.Equal(loss, Loss(), 5);

        Tensor PlainLoss() => pair.GeneratorLoss(pair.D.call(pair.G.call(noise, null), null), pair.Objective.ComparesWithReal ? pair.D.call(real, null)
            : null, null);

        double Loss()
        {
            using DisposeScope inner = NewDisposeScope();
            return unrolling.AddGradient(pair, pair.G.call(noise, null), new RealBatch(real, null), draws).item<float>();
        }

        double Moved(int at, float by)
        {
            using (no_grad()) weights.narrow(0, at, 1).add_(by);
            double result = Loss();
            using (no_grad()) weights.narrow(0, at, 1).sub_(by);
            return result;
        }
    }

    [Fact]
    public void A_discriminator_with_dropout_cannot_be_looked_ahead_of()
    {
        using var d = new Discriminator(nn.Sequential(nn.Linear(2, 4), nn.Dropout(0.2)), null, nn.Sequential(nn.Linear(4, 1)));
        Assert.Contains("use a discriminator without dropout", Assert.Throws<UserErrorException>(() => UnrollingOptions.Check(d)).Message);
    }

    private static GanPair Pair(string objective)
    {
        manual_seed(3);
        return new GanPair(new RunOptions { Objective = objective, Batch = 8, Latent = 3 },
            new Generator(3, [], Plane, null, nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))),
            new Discriminator(nn.Sequential(nn.Linear(2, 5), nn.Tanh()), null, nn.Sequential(nn.Linear(5, 1))));
    }

    private sealed class NoDraws : Draws
    {
        public override RealBatch Real() => throw new NotSupportedException();

        public override Tensor Normal(params long[] shape) => throw new NotSupportedException();

        public override Tensor Uniform(params long[] shape) => throw new NotSupportedException();
    }
}
