using GanPipeline.Training.Config;
using GanPipeline.Training.Optimization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Adam = GanPipeline.Training.Optimization.Adam;

namespace GanPipeline.Training.Tests;

public class OptimizationTests
{
    private static readonly AdamOptions Rate = new() { LearningRate = 0.01, Beta1 = 0.5, Beta2 = 0.99, Epsilon = 1e-6 };

    [Fact]
    public void Flattening_keeps_values_and_shares_storage()
    {
        (Sequential plain, Sequential network) = Twins();
        using (plain)
        using (var flat = new FlatNetwork(network))
        using (NewDisposeScope())
        {
            Assert.Equal(Values(plain.parameters()), flat.Parameters.data<float>().ToArray());
            Assert.Equal(Values(plain.parameters()), Values(network.parameters()));
            Assert.Equal([.. new float[6], .. Enumerable.Repeat(1f, 6)], flat.Buffers.data<float>().ToArray());
            using (no_grad()) flat.Parameters.fill_(3);
            Assert.All(Values(network.parameters()), v => Assert.Equal(3, v));
            using (no_grad()) foreach (Parameter p in network.parameters()) p.add_(1);
            Assert.All(flat.Parameters.data<float>().ToArray(), v => Assert.Equal(4, v));
            Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias", "3.weight", "3.bias"], flat.Layout.Select(l => l.Name));
        }
    }

    [Fact]
    public void Gradients_and_running_statistics_land_in_the_flat_tensors()
    {
        (Sequential plain, Sequential network) = Twins();
        using (plain)
        using (var flat = new FlatNetwork(network))
        using (NewDisposeScope())
        {
            Tensor x = randn(8, 4);
            foreach (Sequential s in (Sequential[])[plain, network]) s.call(x).square().sum().backward();
            Assert.Equal(Values(plain.parameters().Select(p => p.grad!)), flat.Gradients.data<float>().ToArray());
            Assert.Contains(flat.Gradients.data<float>().ToArray(), v => v != 0);
            Assert.Equal(Values(plain.named_buffers().Select(b => b.buffer).Where(b => b.is_floating_point())), flat.Buffers.data<float>().ToArray());
            float[] once = flat.Gradients.data<float>().ToArray();
            network.call(x).square().sum().backward();
            Assert.Equal(once.Select(v => 2 * v), flat.Gradients.data<float>().ToArray(), (a, b) => Math.Abs(a - b) <= 1e-5 * (1 + Math.Abs(a)));
        }
    }

    [Fact]
    public void Without_gradients_nothing_lands_and_with_them_again_it_does()
    {
        (Sequential plain, Sequential network) = Twins();
        plain.Dispose();
        using var flat = new FlatNetwork(network);
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn(8, 4).requires_grad_(true);
        flat.RequireGradients(false);
        network.call(x).sum().backward();
        Assert.All(flat.Gradients.data<float>().ToArray(), v => Assert.Equal(0, v));
        Assert.NotNull(x.grad);
        flat.RequireGradients(true);
        network.call(x).sum().backward();
        Assert.Contains(flat.Gradients.data<float>().ToArray(), v => v != 0);
    }

    [Fact]
    public void A_network_outlives_its_flat_tensors()
    {
        (Sequential plain, Sequential network) = Twins();
        using (plain)
        using (network)
        using (NewDisposeScope())
        {
            var flat = new FlatNetwork(network);
            flat.Release();
            GC.Collect();
            Tensor x = randn(8, 4);
            Assert.Equal(plain.call(x).data<float>().ToArray(), network.call(x).data<float>().ToArray());
        }
    }

    /// <summary>The one pass over memory, the tensor operations and TorchSharp's own Adam: twenty steps on the same gradients.</summary>
    [Fact]
    public void Adam_is_Adam_whichever_way_it_is_computed()
    {
        (Sequential reference, Sequential first) = Twins();
        (Sequential spare, Sequential second) = Twins();
        spare.Dispose();
        using var torchAdam = optim.Adam(reference.parameters(), Rate.LearningRate, Rate.Beta1, Rate.Beta2, Rate.Epsilon);
        using FlatNetwork onePass = new(first), byTensors = new(second);
        using Adam a = new(onePass, Rate), b = new(byTensors, Rate) { InOnePass = false };
        Assert.True(a.InOnePass);
        for (int step = 0; step < 20; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = randn(8, 4), scale = tensor(MathF.Pow(10, step % 5 - 3));
            foreach ((Sequential network, Action zero) in ((Sequential, Action)[])
                [(reference, torchAdam.zero_grad), (first, () => onePass.Gradients.zero_()), (second, () => byTensors.Gradients.zero_())])
            {
                zero();
                (network.call(x).square().mean() * scale).backward();
            }
            torchAdam.step();
            a.Step();
            b.Step();
        }
        float[] expected = Values(reference.parameters());
        AssertNear(expected, onePass.Parameters.data<float>().ToArray(), 1e-6);
        AssertNear(expected, byTensors.Parameters.data<float>().ToArray(), 1e-6);
        Assert.Equal((20, 20), (a.Steps, b.Steps));
        reference.Dispose();
    }

    [Fact]
    public void The_moving_average_forgets_its_first_steps_soon_and_then_decays_slowly()
    {
        using var source = new FlatNetwork(Twins().Flat);
        using var average = new FlatNetwork(Twins().Flat);
        var moving = new MovingAverage(source, average, 0.9);
        using (no_grad()) average.Parameters.zero_();
        double expected = 0;
        for (int step = 1; step <= 200; step++)
        {
            using (no_grad())
            {
                source.Parameters.fill_(step);
                source.Buffers.fill_(2 * step);
            }
            moving.Update(step);
            double decay = Math.Min(0.9, (1.0 + step) / (10 + step));
            expected = decay * expected + (1 - decay) * step;
        }
        Assert.All(average.Parameters.data<float>().ToArray(), v => Assert.Equal(expected, v, 3));
        Assert.All(average.Buffers.data<float>().ToArray(), v => Assert.Equal(2 * expected, v, 1));
    }

    /// <summary>Two networks with the same weights.</summary>
    private static (Sequential Plain, Sequential Flat) Twins()
    {
        manual_seed(3);
        Sequential one = Make();
        manual_seed(3);
        Sequential other = Make();
        manual_seed(4);
        return (one, other);

        // Batch norm stands behind the activation: right behind a layer it takes the bias off again, whose gradient is then rounding, which Adam
        // blows up to whole steps.
        static Sequential Make() => nn.Sequential(nn.Linear(4, 6), nn.LeakyReLU(0.2), nn.BatchNorm1d(6), nn.Linear(6, 3));
    }

    private static float[] Values(IEnumerable<Tensor> tensors) => [.. tensors.SelectMany(t => t.data<float>().ToArray())];

    private static void AssertNear(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, tolerance);
    }
}
