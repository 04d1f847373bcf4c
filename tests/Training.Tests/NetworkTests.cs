using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class NetworkTests
{
    [Fact]
    public void S4_has_the_layers_of_the_row()
    {
        RunOptions options = S4.Options(128);
        using Networks.Generator g = options.Generator.Build(S4.Context);
        using Discriminator d = options.Discriminator.Build(S4.Context);
        Assert.Equal(
            ["128x110", "128", "256x128", "256", "256", "256", "512x256", "512", "512", "512", "784x512", "784"],
            g.parameters().Select(p => string.Join('x', p.shape)));
        Assert.Equal(["512x794", "512", "256x512", "256", "1x256", "1"], d.parameters().Select(p => string.Join('x', p.shape)));
        Assert.Equal(["Linear", "LeakyRelu", "Linear", "BatchNorm1d", "LeakyRelu", "Linear", "BatchNorm1d", "LeakyRelu", "Linear", "Tanh", "Unflatten"],
            Layers(g.Body));
        Assert.Equal(["Linear", "LeakyRelu", "Linear", "LeakyRelu", "Linear"], Layers(d.Body));
        Assert.Equal(582_544, g.parameters().Sum(p => p.numel()));
        Assert.Equal(538_625, d.parameters().Sum(p => p.numel()));
        // Running mean and variance of 256 and 512, and nothing else: the rows of the class input are no state.
        Assert.Equal(2 * (256 + 512), g.named_buffers().Where(b => b.buffer.is_floating_point()).Sum(b => b.buffer.numel()));
        Assert.Empty(d.named_buffers());
    }

    [Fact]
    public void S4_generates_images_and_tells_them_apart()
    {
        RunOptions options = S4.Options(128);
        using Networks.Generator g = options.Generator.Build(S4.Context);
        using Discriminator d = options.Discriminator.Build(S4.Context);
        using DisposeScope scope = NewDisposeScope();
        Tensor label = arange(7, int64), image = g.call(randn(7, 100), label);
        Assert.Equal([7, 1, 28, 28], image.shape);
        Assert.InRange(image.abs().max().item<float>(), 0, 1);
        Assert.Equal([7, 1], d.call(image, label).Logits.shape);
    }

    /// <summary>Linear layers begin uniform within 1/sqrt(inputs), as in PyTorch; batch norm with 1 and 0.</summary>
    [Fact]
    public void Weights_begin_as_in_PyTorch()
    {
        using Networks.Generator g = S4.Options(128).Generator.Build(S4.Context);
        long inputs = 0;
        foreach (var p in g.parameters())
        {
            using DisposeScope scope = NewDisposeScope();
            if (p.dim() == 2) inputs = p.shape[1];
            (float least, float most, float spread) = (p.min().item<float>(), p.max().item<float>(), p.std().item<float>());
            double bound = 1 / Math.Sqrt(inputs);
            if (spread == 0) Assert.True(least is 0 or 1);
            else
            {
                Assert.InRange(least, -bound * 1.0001, -bound * 0.9);
                Assert.InRange(most, bound * 0.9, bound * 1.0001);
                Assert.InRange(spread, bound / Math.Sqrt(3) * 0.85, bound / Math.Sqrt(3) * 1.15);
            }
        }
    }

    [Fact]
    public void Points_have_no_tanh_and_a_set_without_classes_no_label()
    {
        var context = new NetworkContext(3, [], new SampleFormat(SampleFormat.Points, [2], 1, 0), CPU);
        using Networks.Generator g = new MlpGeneratorOptions { Hidden = [5], Activation = Activation.Relu }.Build(context);
        using Discriminator d = new MlpDiscriminatorOptions { Hidden = [5, 4], Dropout = [0.5, 0] }.Build(context);
        Assert.Null(g.Label);
        Assert.Null(d.Label);
        Assert.Equal(["Linear", "ReLU", "Linear"], Layers(g.Body));
        Assert.Equal(["Linear", "LeakyRelu", "Dropout", "Linear", "LeakyRelu", "Linear"], Layers(d.Body));
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([4, 1], d.call(g.call(randn(4, 3), null), null).Logits.shape);
    }

    [Fact]
    public void An_objective_that_wants_two_logits_gets_them_and_their_difference_says_how_real_a_sample_is()
    {
        var context = new NetworkContext(3, [], new SampleFormat(SampleFormat.Points, [2], 1, 0), CPU, Logits: 2);
        using Discriminator d = new MlpDiscriminatorOptions { Hidden = [5] }.Build(context);
        using DisposeScope scope = NewDisposeScope();
        DiscriminatorOutput output = d.call(randn(4, 2), null);
        Assert.Equal([4, 2], output.Logits.shape);
        Assert.Null(output.ClassLogits);
        float[] logits = output.Logits.data<float>().ToArray();
        Assert.Equal(Enumerable.Range(0, 4).Select(i => logits[2 * i + 1] - logits[2 * i]), output.Realness.data<float>().ToArray());
    }

    [Fact]
    public void A_class_head_tells_classes_from_the_features()
    {
        using var d = new Discriminator(nn.Sequential(nn.Linear(2, 6)), null, nn.Sequential(nn.Linear(6, 1)), nn.Linear(6, 3));
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn(4, 2);
        DiscriminatorOutput output = d.call(x, null);
        Assert.Equal(d.ClassHead!.call(d.Features.call(x)).data<float>().ToArray(), output.ClassLogits!.data<float>().ToArray());
        Assert.Equal(6, d.parameters().Count());
    }

    [Fact]
    public void The_class_input_puts_a_scaled_one_hot_row_behind_the_features()
    {
        using var label = new OneHotConcat(3, 4, CPU);
        using DisposeScope scope = NewDisposeScope();
        Tensor joined = label.call(tensor(new float[] { 1, 2, 3, 4 }, [2, 2]), tensor(new long[] { 2, 0 }));
        Assert.Equal([1, 2, 0, 0, 4, 3, 4, 4, 0, 0], joined.data<float>().ToArray());
        Assert.Equal(5, label.OutputSize(2));
        Assert.Empty(label.parameters());
        Assert.Empty(label.state_dict());
    }

    [Fact]
    public void The_input_gets_gradients_through_the_class_input()
    {
        using var label = new OneHotConcat(3, 4, CPU);
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2, 2).requires_grad_(true);
        label.call(x, tensor(new long[] { 2, 0 })).square().sum().backward();
        Assert.Equal([2, 2, 2, 2], x.grad!.data<float>().ToArray());
    }

    private static string[] Layers(TorchSharp.Modules.Sequential body) => [.. body.children().Select(m => m.GetType().Name)];
}
