using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>The parts of the image networks against what their definitions say, and the pairs as a whole.</summary>
public class ImageNetworkTests
{
    private static readonly SampleFormat Digits = SampleFormat.Pixels(1, 28, 28);

    /// <summary>
    /// TensorFlow: output pixel i of a strided convolution sees the input from i · stride - before on, before being the smaller half of what is padded.
    /// </summary>
    [Theory]
    [InlineData(8, 5, 2, 1)] // three zeros: one before, two after
    [InlineData(7, 3, 2, 1)] // two zeros: one on each side
    [InlineData(14, 3, 2, 0)] // one zero, and it lies after
    [InlineData(6, 4, 1, 1)]
    [InlineData(5, 1, 2, 0)]
    public void A_convolution_with_padding_same_sees_what_TensorFlows_sees(long side, long kernel, long stride, long before)
    {
        using Sequential layers = nn.Sequential(SamePadding.Convolution(1, 1, kernel, stride, side, CPU).Layers);
        using var scope = NewDisposeScope();
        Conv2d convolution = layers.children().OfType<Conv2d>().Single();
        using (no_grad()) convolution.bias!.zero_();
        Tensor x = randn(1, 1, side, side), y = layers.call(x);
        long made = (side + stride - 1) / stride;
        Assert.Equal([1, 1, made, made], y.shape);
        float[] pixels = x.data<float>().ToArray(), weights = convolution.weight.detach().data<float>().ToArray(), found = y.detach().data<float>().ToArray();
        for (long i = 0; i < made * made; i++)
        {
            double sum = 0;
            for (long k = 0; k < kernel * kernel; k++)
            {
                long row = i / made * stride - before + k / kernel, column = i % made * stride - before + k % kernel;
                if (row >= 0 && row < side && column >= 0 && column < side) sum += pixels[row * side + column] * weights[k];
            }
            Assert.Equal(sum, found[i], 1e-5);
        }
    }

    /// <summary>⟨conv(x), y⟩ = ⟨x, transposed(y)⟩ with the same weights.</summary>
    [Theory]
    [InlineData(5, 2)]
    [InlineData(4, 2)]
    [InlineData(3, 2)]
    [InlineData(6, 3)]
    public void A_transposed_convolution_with_padding_same_is_the_transpose_of_the_convolution(long kernel, long stride)
    {
        long side = 4 * stride;
        using Sequential there = nn.Sequential(SamePadding.Convolution(2, 3, kernel, stride, side, CPU).Layers);
        using var back = SamePadding.Transposed(3, 2, kernel, stride, CPU);
        using var scope = NewDisposeScope();
        Conv2d convolution = there.children().OfType<Conv2d>().Single();
        ConvTranspose2d transposed = back as ConvTranspose2d ?? ((CroppedConvTranspose2d)back).Convolution;
        using (no_grad())
        {
            transposed.weight.copy_(convolution.weight);
            convolution.bias!.zero_();
            transposed.bias!.zero_();
        }
        Tensor x = randn(1, 2, side, side), y = randn(1, 3, 4, 4), made = back.call(y);
        Assert.Equal(x.shape, made.shape);
        Assert.Equal((there.call(x) * y).sum().item<float>(), (x * made).sum().item<float>(), 1e-3f);
    }

    [Fact]
    public void Conditional_batch_norm_is_batch_norm_with_the_weight_and_bias_of_the_class()
    {
        using var norm = new ConditionalBatchNorm2d(3, 2, 1e-3, 0.2, CPU);
        using var plain = nn.BatchNorm2d(2, 1e-3, 0.2, affine: false);
        using var scope = NewDisposeScope();
        Tensor x = randn(4, 2, 3, 3), label = tensor(new long[] { 2, 0, 1, 2 });
        AssertNear(plain.call(x), norm.call(x, label));
        using (no_grad())
        {
            norm.Weight.Weight.copy_(tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [3, 2]));
            norm.Bias.Weight.copy_(tensor(new float[] { 10, 20, 30, 40, 50, 60 }, [3, 2]));
        }
        Tensor weight = tensor(new float[] { 5, 6, 1, 2, 3, 4, 5, 6 }, [4, 2, 1, 1]);
        norm.eval();
        plain.train();
        plain.call(x); // the second batch of statistics is that of the first
        plain.eval();
        norm.train();
        norm.call(x, label);
        norm.eval();
        AssertNear(plain.call(x) * weight + 10 * weight, norm.call(x, label));
    }

    [Fact]
    public void Projection_adds_the_product_of_the_features_with_the_classes_vector()
    {
        using var projection = new Projection(2, 3, CPU);
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            projection.Linear.weight!.copy_(tensor(new float[] { 1, 0, -1 }, [1, 3]));
            projection.Linear.bias!.fill_(0.5);
            projection.Table.Weight.copy_(tensor(new float[] { 1, 1, 1, 0, 2, 0 }, [2, 3]));
        }
        Tensor features = tensor(new float[] { 3, 5, 7, 1, 2, 4 }, [2, 3]);
        Assert.Equal([3 - 7 + 0.5f + 10, 1 - 4 + 0.5f + 7], projection.call(features, tensor(new long[] { 1, 0 })).detach().data<float>().ToArray());
    }

    [Fact]
    public void The_vectors_of_a_projection_begin_as_large_as_linear_weights()
    {
        using var projection = new Projection(20, 300, CPU);
        using var scope = NewDisposeScope();
        Assert.Equal(projection.Linear.weight!.std().item<float>(), projection.Table.Weight.std().item<float>(), 0.004f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void Pairs_fit_together(int classes)
    {
        var context = new NetworkContext(8, [.. Enumerable.Range(0, classes).Select(i => $"{i}")], Digits, CPU);
        (GeneratorOptions, DiscriminatorOptions)[] pairs =
        [
            (new DcganGeneratorOptions { Channels = [8, 4] }, new DcganDiscriminatorOptions { Channels = [4, 8] }),
            (new AcganGeneratorOptions { Channels = [8, 4, 4] }, new AcganDiscriminatorOptions { Channels = [4, 8], Strides = [2] }),
            (new ResnetGeneratorOptions { Channels = [8, 8, 4] }, new ResnetDiscriminatorOptions { Channels = [4, 8, 8] }),
            (new R3ganGeneratorOptions { Channels = [8, 4, 4], GroupSize = 4 },
                new R3ganDiscriminatorOptions { Channels = [4, 4, 8], GroupSize = 4, Blocks = 2 }),
        ];
        Tensor label = tensor(new long[] { 1, 0, 1 });
        foreach ((GeneratorOptions generator, DiscriminatorOptions discriminator) in pairs)
        {
            generator.Validate();
            discriminator.Validate();
            using Networks.Generator g = generator.Build(context);
            using Discriminator d = discriminator.Build(context);
            using var scope = NewDisposeScope();
            Tensor image = g.call(randn(3, 8), label);
            Assert.Equal([3, 1, 28, 28], image.shape);
            Assert.InRange(image.abs().max().item<float>(), 0.001f, 1);
            DiscriminatorOutput output = d.call(image, label);
            Assert.Equal([3, 1], output.Logits.shape);
            Assert.Equal(classes > 0 && discriminator is AcganDiscriminatorOptions, output.ClassLogits is not null);
            output.Logits.sum().backward();
            // Every weight of both gets a gradient, but those that begin behind a zero: R3GAN's blocks begin as the identity.
            if (generator is R3ganGeneratorOptions) continue;
            Assert.All(g.parameters().Concat(d.parameters().SkipLast(output.ClassLogits is null ? 0 : 2)), p => Assert.NotNull(p.grad));
        }
    }

    [Fact]
    public void The_blocks_of_R3GAN_begin_as_the_identity_and_its_convolutions_after_fix_up()
    {
        manual_seed(1);
        var options = new R3ganGeneratorOptions { Channels = [64, 32], Start = 14, Blocks = 2, Expansion = 2, GroupSize = 16 };
        using Networks.Generator g = options.Build(new NetworkContext(8, [], Digits, CPU));
        using var scope = NewDisposeScope();
        Residual[] blocks = [.. g.Body.children().OfType<Residual>()];
        Assert.Equal(4, blocks.Length);
        foreach (Residual block in blocks)
        {
            long channels = block.Body.children().OfType<Conv2d>().First().in_channels;
            Tensor x = randn(2, channels, 5, 5);
            AssertNear(x, block.call(x));
            Conv2d[] convolutions = [.. block.Body.children().OfType<Conv2d>()];
            Assert.Equal([(1L, 1L), (3L, channels * 2 / 16), (1L, 1L)], convolutions.Select(c => (c.kernel_size[0], c.groups)));
            double gain = Math.Sqrt(2 / 1.04) / Math.Sqrt(2); // four blocks of three convolutions: 4^(-1/4)
            Assert.Equal(gain / Math.Sqrt(channels), convolutions[0].weight.std().item<float>(), 0.1 * gain / Math.Sqrt(channels));
            Assert.Equal(gain / Math.Sqrt(16 * 9), convolutions[1].weight.std().item<float>(), 0.1 * gain / Math.Sqrt(16 * 9));
        }
        Assert.DoesNotContain(g.modules(), m => m is BatchNorm);
    }

    [Fact]
    public void Classes_reach_the_samples_of_a_residual_generator_only_by_batch_norm()
    {
        var context = new NetworkContext(8, ["a", "b"], Digits, CPU);
        using Networks.Generator g = new ResnetGeneratorOptions { Channels = [8, 8, 4] }.Build(context);
        using var scope = NewDisposeScope();
        g.eval();
        Tensor noise = randn(2, 8), a = zeros(2, int64), b = ones(2, int64);
        AssertNear(g.call(noise, a), g.call(noise, b)); // all classes begin with weight 1 and bias 0
        using (no_grad()) g.modules().OfType<ConditionalBatchNorm2d>().First().Bias.Weight.narrow(0, 1, 1).fill_(1);
        Assert.True((g.call(noise, a) - g.call(noise, b)).abs().max().item<float>() > 1e-3);
        Assert.Equal(4, g.modules().OfType<ConditionalBatchNorm2d>().Distinct().Count());
    }

    [Fact]
    public void What_does_not_fit_the_data_is_refused_in_one_sentence()
    {
        NetworkContext digits = new(8, [], Digits, CPU), points = new(8, [], new SampleFormat(SampleFormat.Points, [2], 1, 0), CPU),
            wide = digits with { Format = SampleFormat.Pixels(1, 28, 30) };
        Assert.Equal("the generator gives images of 32 x 32, but the data's are 28 x 28; change 'generator.start', 'strides' and 'paddings', or resize the " +
            "data.",
            Refused(() => new DcganGeneratorOptions { Start = 8 }.Build(digits)));
        Assert.Contains("gives images of 14 x 14", Refused(() => new AcganGeneratorOptions { Channels = [4, 4] }.Build(digits)));
        Assert.Contains("gives images of 56 x 56", Refused(() => new ResnetGeneratorOptions { Channels = [4, 4, 4, 4] }.Build(digits)));
        Assert.Contains("'network: dcgan' takes square images, but a sample is of kind 'points' and shape [2]",
            Refused(() => new DcganDiscriminatorOptions().Build(points)));
        Assert.Contains("shape [1, 28, 30]", Refused(() => new R3ganGeneratorOptions().Build(wide)));
        Assert.Contains("halves the side of an image 3 times, which 28 cannot be",
            Refused(() => new ResnetDiscriminatorOptions { Halvings = 3 }.Build(digits)));
        Assert.Contains("a kernel of 4 does not fit into the image of 3 x 3 that reaches layer 3",
            Refused(() => new DcganDiscriminatorOptions { Channels = [1, 1, 1, 1], Paddings = [1, 1, 1, 0] }.Build(digits)));
        Assert.Contains("the objective wants 2", Refused(() => new ResnetDiscriminatorOptions().Build(digits with { ClassNames = ["a", "b"], Logits = 2 })));
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        Assert.Contains("'generator.channels' must list 1 to 16", Refused(new DcganGeneratorOptions { Channels = [] }.Validate));
        Assert.Contains("'generator.kernels' must hold one number for all or one for each of the 2 layers",
            Refused(new DcganGeneratorOptions { Kernels = [3, 3, 3] }.Validate));
        Assert.Contains("'discriminator.strides' must hold numbers between 1 and 8", Refused(new DcganDiscriminatorOptions { Strides = [0] }.Validate));
        Assert.Contains("'generator.paddings' may be empty only", Refused(new DcganGeneratorOptions { Kernels = [2], Strides = [3], Paddings = [] }.Validate));
        Assert.Contains("'generator.start' must be between", Refused(new AcganGeneratorOptions { Start = 0 }.Validate));
        Assert.Contains("'discriminator.extra_paddings' must hold", Refused(new AcganDiscriminatorOptions { ExtraPaddings = [] }.Validate));
        Assert.Contains("'discriminator.dropout' must be", Refused(new AcganDiscriminatorOptions { Dropout = 1 }.Validate));
        Assert.Contains("'discriminator.halvings' must be between 0 and the 3 blocks; it is 4",
            Refused(new ResnetDiscriminatorOptions { Halvings = 4 }.Validate));
        Assert.Contains("'generator.group_size' must divide", Refused(new R3ganGeneratorOptions { GroupSize = 7 }.Validate));
        Assert.Contains("'generator.batch_norm_epsilon' must be above 0", Refused(new ResnetGeneratorOptions { BatchNormEpsilon = 0 }.Validate));
    }

    private static string Refused(Action action) => Assert.Throws<UserErrorException>(action).Message;

    private static string Refused(Func<object> build) => Assert.Throws<UserErrorException>(() => build()).Message;

    private static void AssertNear(Tensor expected, Tensor found) => Assert.InRange((expected - found).abs().max().item<float>(), 0, 1e-5f);
}
