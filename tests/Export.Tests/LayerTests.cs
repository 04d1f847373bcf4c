using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace GanPipeline.Export.Tests;

/// <summary>Each layer's numbers in ONNX Runtime are those that TorchSharp computes, at batch sizes 1, 7 and 1000.</summary>
public class LayerTests
{
    [Theory]
    [InlineData(3, 1, 1, 1, 1)]
    [InlineData(3, 2, 1, 1, 1)]
    [InlineData(4, 1, 0, 1, 2)]
    [InlineData(2, 1, 2, 2, 1)]
    public void Convolutions(long kernel, long stride, long padding, long dilation, long groups) => Agrees(
        ["Gemm", "Reshape", "Conv", "Reshape", "Gemm", "Identity"],
        nn.Linear(8, 4 * 5 * 6), nn.Unflatten(1, [4, 5, 6]), nn.Conv2d(4, 6, kernel, stride, padding, dilation, groups: groups), nn.Flatten());

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(2, 3)]
    public void Convolutions_that_keep_the_size(long kernel, long dilation) => Agrees(
        ["Gemm", "Reshape", "Conv", "Reshape", "Gemm", "Identity"],
        nn.Linear(8, 2 * 5 * 7), nn.Unflatten(1, [2, 5, 7]), nn.Conv2d(2, 3, kernel, Padding.Same, dilation: dilation, bias: false), nn.Flatten());

    [Theory]
    [InlineData(3, 2, 0, 0, 1, 1)]
    [InlineData(4, 2, 2, 0, 1, 1)]
    [InlineData(5, 2, 2, 1, 1, 1)]
    [InlineData(3, 3, 1, 2, 2, 2)]
    public void Transposed_convolutions(long kernel, long stride, long padding, long outputPadding, long dilation, long groups) => Agrees(
        ["Gemm", "Reshape", "ConvTranspose", "Reshape", "Gemm", "Identity"],
        nn.Linear(8, 4 * 3 * 4), nn.Unflatten(1, [4, 3, 4]),
        nn.ConvTranspose2d(4, 6, (kernel, kernel), (stride, stride), (padding, padding), (outputPadding, outputPadding), (dilation, dilation), groups: groups),
            nn.Flatten());

    [Fact]
    public void Batch_norm_is_folded_into_convolutions() => Agrees(
        ["Gemm", "Reshape", "Conv", "ConvTranspose", "ConvTranspose", "Reshape", "Gemm", "Identity"],
        nn.Linear(8, 2 * 4 * 4), nn.Unflatten(1, [2, 4, 4]), nn.Conv2d(2, 4, 3, padding: 1), nn.BatchNorm2d(4),
        nn.ConvTranspose2d(4, 6, (3, 3), bias: false), nn.BatchNorm2d(6), nn.ConvTranspose2d(6, 4, (2, 2), groups: 2), nn.BatchNorm2d(4), nn.Flatten());

    [Fact]
    public void Batch_norm_is_a_node_after_other_layers() => Agrees(
        ["Gemm", "Reshape", "BatchNormalization", "Conv", "Relu", "BatchNormalization", "Reshape", "Gemm", "Identity"],
        nn.Linear(8, 2 * 4 * 4), nn.Unflatten(1, [2, 4, 4]), nn.BatchNorm2d(2), nn.Conv2d(2, 3, 3), nn.ReLU(), nn.BatchNorm2d(3), nn.Flatten());

    [Fact]
    public void Layer_norm() => Agrees(
        ["Gemm", "LayerNormalization", "Reshape", "LayerNormalization", "LayerNormalization", "Reshape", "Gemm", "Identity"],
        nn.Linear(8, 24), nn.LayerNorm(24), nn.Unflatten(1, [2, 3, 4]), nn.LayerNorm([3, 4], eps: 1e-2), nn.LayerNorm(4, elementwise_affine: false),
            nn.Flatten());

    [Fact]
    public void Up_sampling_and_padding() => Agrees(
        ["Gemm", "Reshape", "Resize", "Pad", "Resize", "Reshape", "Gemm", "Identity"],
        nn.Linear(8, 12), nn.Unflatten(1, [2, 2, 3]), nn.Upsample(scale_factor: [2, 3]), nn.ZeroPad2d((1, 0, 2, 3)), nn.Upsample(size: [18, 20]), nn.Flatten());

    [Fact]
    public void Average_pooling() => Agrees(
        ["Gemm", "Reshape", "AveragePool", "AveragePool", "Reshape", "Gemm", "Identity"],
        nn.Linear(8, 2 * 6 * 9), nn.Unflatten(1, [2, 6, 9]), nn.AvgPool2d(2, 1, 1, count_include_pad: false), nn.AvgPool2d(3), nn.Flatten());

    [Fact]
    public void Linear_layers_over_the_last_of_several_axes() => Agrees(
        ["Gemm", "Reshape", "MatMul", "Add", "Reshape", "Gemm", "Identity"], nn.Linear(8, 24), nn.Unflatten(1, [2, 3, 4]), nn.Linear(4, 5), nn.Flatten());

    public static TheoryData<string> Activations => ["relu", "leaky", "tanh", "sigmoid", "softplus", "softplus 3", "softmax", "silu", "gelu", "gelu tanh",
        "identity", "dropout"];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activation(string name) => Agrees(null, nn.Linear(8, 32), nn.Unflatten(1, [2, 16]), Make(name), nn.Flatten());

    [Fact]
    public void Residual_blocks_and_skips_do_not_lose_what_flows_past_them() => Agrees(
        [
            "Gemm", "Reshape", "Conv", // its output is both added and normalised: nothing may be folded into it
            "BatchNormalization", "Relu", "Conv", "Add",
            "Conv", "Conv", "Add", // a shortcut with a batch norm of its own, folded
            "BatchNormalization", "Concat", "Reshape", "Gemm", "Identity",
        ],
        nn.Linear(8, 2 * 4 * 4), nn.Unflatten(1, [2, 4, 4]), nn.Conv2d(2, 4, 3, padding: 1),
        new Residual(nn.Sequential(nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 4, 3, padding: 1))),
        new Residual(nn.Sequential(nn.Conv2d(4, 6, 3, padding: 1)), nn.Sequential(nn.Conv2d(4, 6, 1), nn.BatchNorm2d(6))),
        new SkipConcat(nn.Sequential(nn.BatchNorm2d(6))), nn.Flatten());

    [Fact]
    public void A_class_as_a_learned_factor_of_the_latent()
    {
        using var generator = Networks.Trained(new Generator(
            8, ["a", "b", "c"], new SampleFormat(SampleFormat.Points, [2], 1, 0), new EmbeddingProduct(3, 8, CPU),
                nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 2))));
        Agrees(["Gather", "Mul", "Gemm", "Relu", "Gemm", "Identity"], generator);
    }

    [Theory]
    [InlineData(5, 2)] // one row and column more off the end
    [InlineData(6, 3)]
    public void Transposed_convolutions_that_make_as_many_pixels_as_TensorFlow(long kernel, long stride) => Agrees(
        ["Gemm", "Reshape", "ConvTranspose", "Reshape", "Gemm", "Identity"], // the batch norm is folded
        nn.Linear(8, 2 * 4 * 3), nn.Unflatten(1, [2, 4, 3]),
        new CroppedConvTranspose2d(nn.ConvTranspose2d(2, 3, (kernel, kernel), (stride, stride), ((kernel - stride) / 2, (kernel - stride) / 2)), crop: 1),
        nn.BatchNorm2d(3), nn.Flatten());

    [Fact]
    public void Repetition_and_convolution_in_one_layer_are_two_operators() => Agrees(
        ["Gemm", "Reshape", "Resize", "Conv", "Reshape", "Gemm", "Identity"], // the batch norm is folded
        nn.Linear(8, 2 * 4 * 3), nn.Unflatten(1, [2, 4, 3]), new UpsampledConv2d(nn.Conv2d(2, 3, 3, padding: 1)), nn.BatchNorm2d(3), nn.Flatten());

    [Fact]
    public void Batch_norm_by_class_is_two_tables()
    {
        using var generator = Networks.Trained(new Generator(
            8, ["a", "b", "c"], new SampleFormat(SampleFormat.Points, [2], 1, 0),
            new ConditionalSequential([
                nn.Linear(8, 4 * 3 * 3), nn.Unflatten(1, [4, 3, 3]), new ConditionalBatchNorm2d(3, 4, 1e-3, 0.2, CPU),
                new ConditionalResidual(new ConditionalSequential([nn.ReLU(), new ConditionalBatchNorm2d(3, 4, 1e-5, 0.1, CPU)]), nn.Conv2d(4, 4, 1)),
                new ConditionalResidual(new ConditionalSequential([nn.Tanh()])),
            ]),
            nn.Sequential(nn.Flatten(), nn.Linear(36, 2))));
        string[] norm = ["Gather", "Mul", "Gather", "Add"];
        Agrees(["Gemm", "Reshape", .. norm, "Conv", "Relu", .. norm, "Add", "Tanh", "Add", "Reshape", "Gemm", "Identity"], generator);
    }

    public static TheoryData<string> Generators => [.. Networks.Convolutional.Keys];

    [Theory]
    [MemberData(nameof(Generators))]
    public void Whole_generators(string system)
    {
        using var generator = Networks.Convolutional[system]();
        Agrees(null, generator);
    }

    [Fact]
    public void Uses_of_a_layer_that_are_not_known_are_refused_by_name()
    {
        Refuses("'generator.body.1' (Conv2d) cannot be exported: it pads by Reflect", nn.Unflatten(1, [2, 2, 2]),
            nn.Conv2d(2, 1, 3, padding: 1, padding_mode: PaddingModes.Reflect));
        Refuses("'generator.body.1' (Conv2d) cannot be exported: it takes 3 channels, but 2 flow into it", nn.Unflatten(1, [2, 2, 2]), nn.Conv2d(3, 1, 1));
        Refuses("'generator.body.0' (Conv2d) cannot be exported: its input is [N, 8], but it must be [N, C, H, W]", nn.Conv2d(8, 1, 1));
        Refuses("(Upsample) cannot be exported: its mode is Bilinear", nn.Unflatten(1, [2, 2, 2]),
            nn.Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear));
        Refuses("(Upsample) cannot be exported: it enlarges by [1.5, 2]", nn.Unflatten(1, [2, 2, 2]), nn.Upsample(scale_factor: [1.5, 2]));
        Refuses("(LayerNorm) cannot be exported: it normalizes [4]", nn.LayerNorm(4));
        Refuses("(Residual) cannot be exported: its body gives [N, 3]", new Residual(nn.Sequential(nn.Linear(8, 3))));
        Refuses("(CroppedConvTranspose2d) cannot be exported: it takes 3 channels, but 2 flow into it", nn.Unflatten(1, [2, 2, 2]),
            new CroppedConvTranspose2d(nn.ConvTranspose2d(3, 1, (3, 3), (2, 2)), 1));
    }

    private static Layer Make(string activation) => activation switch
    {
        "relu" => nn.ReLU(),
        "leaky" => nn.LeakyReLU(0.3),
        "tanh" => nn.Tanh(),
        "sigmoid" => nn.Sigmoid(),
        "softplus" => nn.Softplus(),
        "softplus 3" => nn.Softplus(beta: 3),
        "softmax" => nn.Softmax(1),
        "silu" => nn.SiLU(),
        "gelu" => nn.GELU(),
        "gelu tanh" => nn.GELU(GELU.Approximate.tanh),
        "identity" => nn.Identity(),
        _ => nn.Dropout2d(),
    };

    private static void Agrees(string[]? operators, params Layer[] layers)
    {
        using var probe = nn.Sequential(layers);
        probe.eval();
        using var made = probe.call(zeros(2, 8));
        using var generator = Networks.Points([.. layers, nn.Linear(made.shape[1], 2)]);
        Agrees(operators, generator);
    }

    private static void Agrees(string[]? operators, Generator generator)
    {
        using var folder = new TemporaryFolder();
        var report = GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        Assert.Equal([0, 1, 7, 1000], report.Info.Verification.Select(check => check.Batch));
        Assert.All(report.Info.Verification, check => Assert.InRange(check.Difference, 0, 1e-5));
        if (operators is not null)
        {
            string[] label = generator.Label is null ? [] : ["Less", "Where", "Gather"]; // which refuse what is no class
            Assert.Equal([.. label, .. operators], ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder["g.onnx"])).Graph.Node.Select(node => node.OpType));
        }
    }

    private static void Refuses(string reason, params Layer[] layers)
    {
        using var folder = new TemporaryFolder();
        using var generator = new Generator(8, [], new SampleFormat(SampleFormat.Points, [2], 1, 0), null, nn.Sequential(layers));
        Assert.Contains(reason, Assert.Throws<UserErrorException>(() => GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"])).Message);
    }
}
