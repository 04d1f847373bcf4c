using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>The networks of the source systems, layer by layer as their rows describe them, from the presets themselves.</summary>
public class SystemNetworkTests
{
    private static readonly SampleFormat Digits = SampleFormat.Pixels(1, 28, 28), LargeDigits = SampleFormat.Pixels(1, 32, 32),
        Faces = SampleFormat.Pixels(3, 64, 64);
    private static readonly SampleFormat Plane = new(SampleFormat.Points, [2], 1, 0);

    private static readonly Dictionary<string, Row> Rows = new()
    {
        ["moons-gan"] = new(Plane, 4_482, 513,
            ["Linear 32 128", "ReLU", "Linear 128 2"],
            ["Flatten", "Linear 2 128", "ReLU", "Linear 128 1"]),
        ["fashion-mlp-gan"] = new(Digits, 249_296, 242_177,
            ["Linear 100 64", "ReLU", "Linear 64 128", "ReLU", "Linear 128 256", "ReLU", "Linear 256 784", "Tanh", "Unflatten 1x28x28"],
            ["Flatten", "Linear 784 256", "LeakyReLU 0.2", "Dropout 0.5", "Linear 256 128", "LeakyReLU 0.2", "Dropout 0.3", "Linear 128 64", "LeakyReLU 0.2",
                "Dropout 0.2", "Linear 64 1"]),
        ["fashion-bn-gan"] = new(Digits, 1_510_032, 533_505,
            [
                "Linear 100 128", "LeakyReLU 0.2", "Linear 128 256", "BatchNorm 256 0.8 0.9", "LeakyReLU 0.2", "Linear 256 512", "BatchNorm 512 0.8 0.9",
                    "LeakyReLU 0.2",
                "Linear 512 1024", "BatchNorm 1024 0.8 0.9", "LeakyReLU 0.2", "Linear 1024 784", "Tanh", "Unflatten 1x28x28",
            ],
            ["Flatten", "Linear 784 512", "LeakyReLU 0.2", "Linear 512 256", "LeakyReLU 0.2", "Linear 256 1"]),
        ["mnist-cgan"] = new(Digits, 582_544, 538_625,
            [
                "OneHotConcat 10", "Linear 110 128", "LeakyReLU 0.2", "Linear 128 256", "BatchNorm 256 0.8 0.1", "LeakyReLU 0.2",
                "Linear 256 512", "BatchNorm 512 0.8 0.1", "LeakyReLU 0.2", "Linear 512 784", "Tanh", "Unflatten 1x28x28",
            ],
            ["Flatten", "OneHotConcat 10", "Linear 794 512", "LeakyReLU 0.2", "Linear 512 256", "LeakyReLU 0.2", "Linear 256 1"]),
        ["mnist-dcgan"] = new(LargeDigits, 783_937, 155_073,
            [
                "Linear 100 4096", "Unflatten 256x4x4", "ConvTranspose 256 128 k3 s2 p0", "BatchNorm 128 1E-05 0.1", "ReLU",
                "ConvTranspose 128 64 k3 s2 p1", "BatchNorm 64 1E-05 0.1", "ReLU", "ConvTranspose 64 1 k4 s2 p2", "Tanh",
            ],
            [
                "Conv 1 16 k3 s2 p1", "LeakyReLU 0.2", "Conv 16 32 k3 s2 p1", "BatchNorm 32 1E-05 0.1", "LeakyReLU 0.2", "Conv 32 64 k3 s2 p1",
                    "BatchNorm 64 1E-05 0.1", "LeakyReLU 0.2",
                "Conv 64 128 k4 s1 p0", "BatchNorm 128 1E-05 0.1", "LeakyReLU 0.2", "Flatten", "Linear 128 1",
            ]),
        ["faces-dcgan"] = new(Faces, 18_872_323, 4_324_866,
            [
                "Linear 100 16384", "Unflatten 1024x4x4", "BatchNorm 1024 0.001 0.01", "ReLU", "same ConvTranspose 1024 512 k5 s2 p1",
                    "BatchNorm 512 0.001 0.01", "ReLU",
                "same ConvTranspose 512 256 k5 s2 p1", "BatchNorm 256 0.001 0.01", "ReLU", "same ConvTranspose 256 128 k5 s2 p1", "BatchNorm 128 0.001 0.01",
                    "ReLU",
                "same ConvTranspose 128 3 k5 s2 p1", "Tanh",
            ],
            [
                "ZeroPad 0 1 0 1", "Conv 3 64 k5 s2 p1", "BatchNorm 64 0.001 0.01", "LeakyReLU 0.2", "ZeroPad 0 1 0 1", "Conv 64 128 k5 s2 p1",
                    "BatchNorm 128 0.001 0.01", "LeakyReLU 0.2",
                "ZeroPad 0 1 0 1", "Conv 128 256 k5 s2 p1", "BatchNorm 256 0.001 0.01", "LeakyReLU 0.2", "ZeroPad 0 1 0 1", "Conv 256 512 k5 s2 p1",
                    "BatchNorm 512 0.001 0.01", "LeakyReLU 0.2",
                "Flatten", "Linear 8192 2",
            ]),
        ["mnist-acgan"] = new(Digits, 857_065, 119_883,
            [
                "EmbeddingProduct 10x100", "Linear 100 6272", "ReLU", "Unflatten 128x7x7", "BatchNorm 128 0.001 0.2", "Upsample 2x2, Conv 128 128 k3 s1 p1",
                    "ReLU", "BatchNorm 128 0.001 0.2",
                "Upsample 2x2, Conv 128 64 k3 s1 p1", "ReLU", "BatchNorm 64 0.001 0.2", "Conv 64 1 k3 s1 p1", "Tanh",
            ],
            [
                "ZeroPad 0 1 0 1", "Conv 1 16 k3 s2 p0", "LeakyReLU 0.2", "Dropout 0.25",
                "ZeroPad 0 1 0 1", "Conv 16 32 k3 s2 p0", "ZeroPad 0 1 0 1", "LeakyReLU 0.2", "Dropout 0.25", "BatchNorm 32 0.001 0.2",
                "ZeroPad 0 1 0 1", "Conv 32 64 k3 s2 p0", "LeakyReLU 0.2", "Dropout 0.25", "BatchNorm 64 0.001 0.2",
                "Conv 64 128 k3 s1 p1", "LeakyReLU 0.2", "Dropout 0.25", "Flatten", "Linear 2048 1", "Linear 2048 10",
            ]),
    };

    public static TheoryData<string> Systems => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Systems))]
    public void Layers_and_parameters_are_those_of_the_row(string system)
    {
        Row row = Rows[system];
        foreach (string? variant in new[] { null, "source" })
        {
            (Networks.Generator g, Discriminator d) = Build(system, variant);
            using (g)
            using (d)
            {
                Assert.Equal(row.Generator, Describe(g));
                Assert.Equal(row.Discriminator, Describe(d));
                Assert.Equal(row.GeneratorParameters, g.parameters().Sum(p => p.numel()));
                Assert.Equal(row.DiscriminatorParameters, d.parameters().Sum(p => p.numel()));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_sample_comes_out_of_noise_and_a_verdict_out_of_a_sample(string system)
    {
        Row row = Rows[system];
        (Networks.Generator g, Discriminator d) = Build(system, "source");
        using (g)
        using (d)
        using (NewDisposeScope())
        {
            Tensor label = tensor(new long[] { 0, 1 }), sample = g.call(randn(2, g.LatentSize), label);
            Assert.Equal([2, .. row.Format.Shape], sample.shape);
            DiscriminatorOutput output = d.call(sample, label);
            Assert.Equal([2, system == "faces-dcgan" ? 2 : 1], output.Logits.shape);
            Assert.Equal(system == "mnist-acgan" ? [2, 10] : null, output.ClassLogits?.shape);
        }
    }

    /// <summary>Uniform weights fill their range and normal ones have their deviation, in every layer large enough to tell (200 entries).</summary>
    [Theory]
    [InlineData("moons-gan", "torch", "torch")]
    [InlineData("fashion-mlp-gan", "torch", "torch")]
    [InlineData("fashion-bn-gan", "he uniform", "glorot uniform")]
    [InlineData("mnist-cgan", "torch", "torch")]
    [InlineData("mnist-dcgan", "dcgan", "dcgan")]
    [InlineData("faces-dcgan", "glorot uniform", "glorot uniform")]
    [InlineData("mnist-acgan", "glorot uniform", "glorot uniform")]
    public void Weights_begin_as_the_row_says(string system, string generator, string discriminator)
    {
        manual_seed(3);
        (Networks.Generator g, Discriminator d) = Build(system, "source");
        using (g)
        using (d)
        {
            foreach ((nn.Module network, string initialization) in new (nn.Module, string)[] { (g, generator), (d, discriminator) })
                foreach (nn.Module module in network.modules()) Check(module, initialization);
        }
    }

    [Fact]
    public void The_class_vectors_of_S7_begin_as_Keras_has_them()
    {
        manual_seed(3);
        (Networks.Generator g, Discriminator d) = Build("mnist-acgan", "source");
        using (g)
        using (d) CheckUniform(((EmbeddingProduct)g.Label!).Table.Weight, 0.05);
    }

    private static void Check(nn.Module module, string initialization)
    {
        switch (module)
        {
            case Linear linear:
                CheckWeights(linear.weight!, linear.bias!, linear.in_features, linear.out_features, initialization == "dcgan" ? "torch" : initialization);
                break;
            case Convolution convolution:
                long pixels = convolution.kernel_size[0] * convolution.kernel_size[1];
                // libtorch takes the channels of axis 1 for the inputs, of transposed convolutions, too.
                CheckWeights(convolution.weight, convolution.bias!, convolution.weight.shape[1] * pixels, convolution.weight.shape[0] * pixels, initialization);
                break;
            case BatchNorm norm:
                if (initialization == "dcgan") CheckNormal(norm.weight, 1);
                else Assert.All(Numbers(norm.weight), w => Assert.Equal(1, w));
                Assert.All(Numbers(norm.bias!), b => Assert.Equal(0, b));
                break;
        }
    }

    private static void CheckWeights(Tensor weight, Tensor bias, long inputs, long outputs, string initialization)
    {
        switch (initialization)
        {
            case "torch": CheckUniform(weight, 1 / Math.Sqrt(inputs)); break;
            case "he uniform": CheckUniform(weight, Math.Sqrt(6.0 / inputs)); break;
            case "glorot uniform": CheckUniform(weight, Math.Sqrt(6.0 / (inputs + outputs))); break;
            default: CheckNormal(weight, 0); break;
        }
        if (initialization.EndsWith("uniform", StringComparison.Ordinal)) Assert.All(Numbers(bias), b => Assert.Equal(0, b));
        else CheckUniform(bias, 1 / Math.Sqrt(inputs));
    }

    private static void CheckUniform(Tensor tensor, double bound)
    {
        float[] numbers = Numbers(tensor);
        Assert.All(numbers, n => Assert.InRange(n, -bound * 1.0001, bound * 1.0001));
        if (numbers.Length < 200) return;
        Assert.InRange(numbers.Max(), bound * 0.95, bound * 1.0001);
        Assert.InRange(numbers.Min(), -bound * 1.0001, -bound * 0.95);
        Assert.InRange(Math.Sqrt(numbers.Average(n => (double)n * n)), bound / Math.Sqrt(3) * 0.9, bound / Math.Sqrt(3) * 1.1);
    }

    private static void CheckNormal(Tensor tensor, double mean)
    {
        double[] away = Array.ConvertAll(Numbers(tensor), n => n - mean);
        Assert.All(away, n => Assert.InRange(n, -0.12, 0.12)); // six deviations
        if (away.Length < 200) return;
        Assert.InRange(away.Average(), -0.004, 0.004);
        Assert.InRange(Math.Sqrt(away.Average(n => n * n)), 0.018, 0.022);
    }

    private static (Networks.Generator, Discriminator) Build(string system, string? variant)
    {
        RunOptions options = Preset.Load(Repository.In("models", $"{system}.yaml"), variant);
        string[] classes = [.. Enumerable.Range(0, 10).Select(i => $"{i}")];
        SampleFormat format = Rows[system].Format;
        return (options.Generator.Build(options.GeneratorContext(classes, format, CPU)),
            options.Discriminator.Build(options.DiscriminatorContext(classes, format, CPU)));
    }

    private static string[] Describe(nn.Module network) => [.. Leaves(network).Select(Line)];

    private static IEnumerable<nn.Module> Leaves(nn.Module module) =>
        module is EmbeddingProduct or OneHotConcat or CroppedConvTranspose2d or UpsampledConv2d || !module.children().Any() ? [module]
            : module.children().SelectMany(Leaves);

    private static string Line(nn.Module module) => FormattableString.Invariant(module switch
    {
        OneHotConcat m => $"OneHotConcat {m.Classes}",
        EmbeddingProduct m => $"EmbeddingProduct {string.Join('x', m.Table.Weight.shape)}",
        Linear m => $"Linear {m.in_features} {m.out_features}",
        LeakyRelu m => $"LeakyReLU {m.Slope}",
        Dropout m => $"Dropout {m.p}",
        BatchNorm m => $"BatchNorm {m.num_features} {m.eps} {m.momentum}",
        Unflatten m => $"Unflatten {string.Join('x', m.unflattened_size)}",
        ZeroPad2d m => $"ZeroPad {string.Join(' ', m.padding)}",
        CroppedConvTranspose2d m => $"same {Line(m.Convolution)}",
        UpsampledConv2d m => $"Upsample 2x2, {Line(m.Convolution)}",
        ConvTranspose2d m => $"ConvTranspose {Sizes(m)}",
        Conv2d m => $"Conv {Sizes(m)}",
        _ => $"{module.GetType().Name}",
    });

    private static string Sizes(Convolution m) => $"{m.in_channels} {m.out_channels} k{m.kernel_size[0]} s{m.stride[0]} p{m.padding![0]}";

    private static float[] Numbers(Tensor tensor)
    {
        using Tensor plain = tensor.detach();
        return plain.data<float>().ToArray();
    }

    /// <summary>A row of the table: what a sample is, numbers of parameters, and layers in their order.</summary>
    private sealed record Row(SampleFormat Format, long GeneratorParameters, long DiscriminatorParameters, string[] Generator, string[] Discriminator);
}
