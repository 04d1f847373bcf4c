using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Optimization;
using GanPipeline.Training.Regularizers;
using GanPipeline.Training.Updates;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class RegularizerTests
{
    [Theory]
    [InlineData("regularizers=[{name: weight_clipping}, {name: gradient_penalty}]", "weight_clipping and gradient_penalty are two ways to bound D's slope")]
    [InlineData("regularizers=[{name: weight_clipping}, {name: spectral_norm}]", "both bound D's weights")]
    [InlineData("regularizers=[{name: r1}, {name: r2}, {name: r1}]", "'regularizers' holds r1 twice")]
    [InlineData("regularizers=[{name: packing}]", "set conditional: false")]
    [InlineData("regularizers=[{name: label_smoothing}]|objective=hinge",
        "label_smoothing lowers the target for real samples, and the objective hinge has none")]
    [InlineData("regularizers=[{name: label_smoothing}]|objective=wasserstein", "the objective wasserstein has none")]
    [InlineData("conditional=false|regularizers=[{name: packing, samples: 3}]", "a batch of 16 cannot be put into packs of 3")]
    [InlineData("update={scheme: simultaneous}|regularizers=[{name: unrolling}]", "use update: { scheme: alternating }")]
    [InlineData("update={scheme: real_then_fake}|objective=relativistic", "the objective relativistic compares them")]
    [InlineData("regularizers=[{name: diff_augment}]", "diff_augment changes images, and these samples are points")]
    [InlineData("regularizers=[{name: unrolling}]", "use a discriminator without dropout")]
    [InlineData("patience=3", "set quality_every too")]
    public void What_makes_no_sense_together_is_refused_before_training_with_the_reason(string changes, string reason)
    {
        string yaml = Preset.ToYaml(SmallRun.Options());
        string message = Assert.Throws<UserErrorException>(() =>
        {
            RunOptions options = Preset.Parse(yaml, "p.yaml", overrides: changes.Split('|'));
            using Dataset data = SmallRun.Load(options);
            new Trainer(options, data, CPU).Dispose();
        }).Message;
        Assert.Contains(reason, message);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("{name: r1, weight: 0}")]
    [InlineData("{name: gradient_penalty, target: -1}")]
    [InlineData("{name: weight_clipping, limit: 0}")]
    [InlineData("{name: instance_noise, deviation: -1}")]
    [InlineData("{name: label_smoothing, amount: 0.6}")]
    [InlineData("{name: unrolling, steps: 0}")]
    [InlineData("{name: packing, samples: 1}")]
    [InlineData("{name: diff_augment, policy: []}")]
    public void A_value_out_of_its_range_is_refused(string regularizer) =>
        Assert.Contains("must", Assert.Throws<UserErrorException>(
            () => Preset.Parse(Preset.ToYaml(SmallRun.Options()), "p.yaml", overrides: [$"regularizers=[{regularizer}]"])).Message);

    [Fact]
    public void Clipped_weights_lie_within_the_limit()
    {
        using var network = new FlatNetwork(nn.Linear(20, 20));
        using WeightRule rule = new WeightClippingOptions { Limit = 0.05 }.Bind(network);
        float[] before = network.Parameters.data<float>().ToArray();
        rule.Apply();
        Assert.Equal(before.Select(w => Math.Clamp(w, -0.05f, 0.05f)), network.Parameters.data<float>().ToArray());
    }

    /// <summary>The network computes with a matrix of largest singular value 1, the gradient is that through W/σ(W), and biases stay as they are.</summary>
    [Fact]
    public void Spectral_normalisation_bounds_the_slope_and_has_the_right_gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(2);
        Linear linear = nn.Linear(4, 3);
        using var network = new FlatNetwork(linear);
        using (no_grad()) network.Parameters.mul_(5);
        float[] bias = linear.bias!.data<float>().ToArray();
        using WeightRule rule = new SpectralNormOptions().Bind(network);
        for (int i = 0; i < 40; i++) rule.Apply();
        Assert.Equal(1, Largest(linear.weight!), 4);
        Assert.Equal(bias, linear.bias!.data<float>().ToArray());

        Tensor direction = randn(3, 4);
        network.Gradients.zero_();
        using (no_grad()) network.Gradients.narrow(0, 0, 12).copy_(direction.flatten());
        rule.ChangeGradients();
        float[] gradient = network.Gradients.data<float>().ToArray();
        const float H = 1f / 128;
        for (int i = 0; i < 12; i++) Assert.Equal((Along(i, H) - Along(i, -H)) / (2 * H), gradient[i], 3);

        // <direction, W/σ(W)>, σ by as many iterations as it takes.
        double Along(int at, float by)
        {
            using DisposeScope inner = NewDisposeScope();
            Tensor moved = rule.Weights.narrow(0, 0, 12).clone();
            moved.narrow(0, at, 1).add_(by);
            return (direction * moved.view(3, 4)).sum().item<float>() / Largest(moved.view(3, 4));
        }

        static double Largest(Tensor w)
        {
            using IDisposable noGradient = no_grad();
            Tensor v = ones(w.shape[1]);
            for (int i = 0; i < 200; i++) v = nn.functional.normalize(mv(w.t(), mv(w, v)), dim: 0);
            return mv(w, v).norm(2f).item<float>();
        }
    }

    [Theory]
    [InlineData(0, 0, 0.5)]
    [InlineData(0, 1000, 0.5)]
    [InlineData(4, 0, 0.5)]
    [InlineData(4, 1, 0.375)]
    [InlineData(4, 4, 0)]
    [InlineData(4, 9, 0)]
    public void Instance_noise_falls_in_a_straight_line(double decay, double epoch, double deviation)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor changed = new InstanceNoiseOptions { Deviation = 0.5, DecayEpochs = decay }.Change(ones(400, 50), new RandomDraws(), epoch);
        Assert.Equal(deviation, changed.std(unbiased: true).item<float>(), 0.01);
        Assert.Equal(1, changed.mean().item<float>(), 0.02);
    }

    [Fact]
    public void A_pack_holds_samples_one_behind_the_other()
    {
        using DisposeScope scope = NewDisposeScope();
        var packing = new PackingOptions { Samples = 2 };
        Tensor images = arange(4 * 3 * 2 * 5, float32).view(4, 3, 2, 5), packed = packing.Pack(images);
        Assert.Equal(packing.Pack(SampleFormat.Pixels(3, 2, 5)).Shape, packed.shape[1..]);
        Assert.Equal(cat([images[2], images[3]], 0).flatten().data<float>().ToArray(), packed[1].contiguous().flatten().data<float>().ToArray());
    }

    /// <summary>Every pixel of a shifted image is a pixel of the image or 0, the same shift for all pixels, never more than an eighth.</summary>
    [Fact]
    public void Translation_shifts_by_at_most_an_eighth_and_lets_zero_in()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = arange(1, 1 + 16 * 24, float32).view(1, 1, 16, 24).expand(200, 1, 16, 24).contiguous();
        float[] moved = new DiffAugmentOptions { Policy = [Augmentation.Translation] }.Change(images, new RandomDraws(), 0).contiguous().data<float>()
            .ToArray();
        var shifts = new HashSet<(int, int)>();
        for (int n = 0; n < 200; n++)
        {
            float centre = moved[n * 384 + 8 * 24 + 12] - 1;
            (int rows, int columns) = (8 - (int)centre / 24, 12 - (int)centre % 24);
            shifts.Add((rows, columns));
            for (int i = 0; i < 384; i++)
            {
                (int row, int column) = (i / 24 - rows, i % 24 - columns);
                Assert.Equal(row is >= 0 and < 16 && column is >= 0 and < 24 ? row * 24 + column + 1 : 0, moved[n * 384 + i]);
            }
        }
        Assert.Equal((-2, 2), (shifts.Min(s => s.Item1), shifts.Max(s => s.Item1)));
        Assert.Equal((-3, 3), (shifts.Min(s => s.Item2), shifts.Max(s => s.Item2)));
    }

    [Fact]
    public void Cutout_hides_a_part_of_at_most_half_the_side_anywhere()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] kept = new DiffAugmentOptions { Policy = [Augmentation.Cutout] }.Change(ones(300, 1, 10, 10), new RandomDraws(), 0).data<float>().ToArray();
        int[] hidden = [.. kept.Chunk(100).Select(image => image.Count(v => v == 0))];
        Assert.All(kept, v => Assert.True(v is 0 or 1));
        Assert.Equal(25, hidden.Max());
        Assert.InRange(hidden.Average(), 15, 24);
        Assert.All(Enumerable.Range(0, 100), i => Assert.Contains(kept.Chunk(100), image => image[i] == 0));
    }

    [Fact]
    public void Augmented_images_have_gradients_and_colour_changes_keep_the_order_of_pixels()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = rand(4, 3, 8, 8).requires_grad_(true);
        new DiffAugmentOptions().Change(images, new RandomDraws(), 0).square().sum().backward();
        Assert.Contains(images.grad!.data<float>().ToArray(), g => g != 0);
        Tensor grey = rand(1, 1, 4, 4), changed = new DiffAugmentOptions { Policy = [Augmentation.Color] }.Change(grey, new RandomDraws(), 0);
        Assert.Equal(grey.flatten().argsort().data<long>().ToArray(), changed.flatten().argsort().data<long>().ToArray());
    }

    private sealed class RandomDraws : Draws
    {
        public RandomDraws() => manual_seed(11);

        public override RealBatch Real() => throw new NotSupportedException();

        public override Tensor Normal(params long[] shape) => randn(shape);

        public override Tensor Uniform(params long[] shape) => rand(shape);
    }
}
