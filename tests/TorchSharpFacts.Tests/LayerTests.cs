using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanPipeline.TorchSharpFacts.Tests;

/// <summary>Every layer against PyTorch: first weights, forward, gradients, running statistics, and evaluation.</summary>
public sealed class LayerTests
{
    private const double Tolerance = 2e-5;

    private static readonly Dictionary<string, Func<Module<Tensor, Tensor>>> s_layers = new()
    {
        ["Linear"] = () => Linear(3, 4),
        ["LinearWithoutBias"] = () => Linear(3, 4, hasBias: false),
        ["Conv1d"] = () => Conv1d(2, 3, 3, stride: 2, padding: 1),
        ["Conv2d"] = () => Conv2d(2, 4, 3, stride: 2, padding: 1, groups: 2),
        ["Conv2dRectangular"] = () => Conv2d(2, 3, (3, 2), stride: (1, 2), padding: (1, 0), bias: false),
        ["Conv2dSame"] = () => Conv2d(2, 3, 3, Padding.Same, dilation: 2),
        ["Conv2dReflect"] = () => Conv2d(2, 3, 3, padding: 1, padding_mode: PaddingModes.Reflect),
        ["ConvTranspose2d"] = () => ConvTranspose2d(3, 2, 4, stride: 2, padding: 1),
        ["ConvTranspose2dOutputPadding"] = () => ConvTranspose2d(3, 2, 3, stride: 2, padding: 1, output_padding: 1),
        ["BatchNorm1d"] = () => BatchNorm1d(4, 0.8, 0.9),
        ["BatchNorm1dSequence"] = () => BatchNorm1d(3),
        ["BatchNorm2d"] = () => BatchNorm2d(3, momentum: 0.2),
        ["BatchNorm2dPlain"] = () => BatchNorm2d(3, affine: false, track_running_stats: false),
        ["LayerNorm"] = () => LayerNorm([3, 4]),
        ["InstanceNorm2d"] = () => InstanceNorm2d(3),
        ["InstanceNorm2dTracked"] = () => InstanceNorm2d(3, affine: true, track_running_stats: true),
        ["GroupNorm"] = () => GroupNorm(2, 4),
        ["Embedding"] = () => Embedding(5, 3),
        ["EmbeddingPadded"] = () => Embedding(5, 3, padding_idx: 1),
        ["ReLU"] = () => ReLU(),
        ["LeakyReLU"] = () => LeakyReLU(0.2),
        ["SiLU"] = () => SiLU(),
        ["GELU"] = () => GELU(),
        ["GELUTanh"] = () => GELU(TorchSharp.Modules.GELU.Approximate.tanh),
        ["Tanh"] = () => Tanh(),
        ["Sigmoid"] = () => Sigmoid(),
        ["Softplus"] = () => Softplus(2, 1),
        ["Softmax"] = () => Softmax(1),
        ["Flatten"] = () => Flatten(),
        ["Unflatten"] = () => Unflatten(1, [3, 2]),
        ["Identity"] = () => Identity(),
        ["UpsampleNearest"] = () => Upsample(scale_factor: [2, 2]),
        ["UpsampleBilinear"] = () => Upsample(size: [5, 4], mode: UpsampleMode.Bilinear),
        ["UpsampleBilinearCorners"] = () => Upsample(scale_factor: [2.0, 1.5], mode: UpsampleMode.Bilinear, align_corners: true),
        ["ZeroPad2d"] = () => ZeroPad2d((0, 1, 0, 1)),
        ["AvgPool2d"] = () => AvgPool2d(2, stride: 1, padding: 1),
        ["MaxPool2d"] = () => MaxPool2d(2),
        ["AdaptiveAvgPool2d"] = () => AdaptiveAvgPool2d([2, 1]),
    };

    public static TheoryData<string> Names() => [.. Recording.Names("layers")];

    /// <summary>TorchSharp leaves the weights of GroupNorm as the memory was.</summary>
    public static TheoryData<string> NamesOfInitialised() => [.. Recording.Names("layers").Where(name => name != "GroupNorm")];

    [Fact]
    public void EveryRecordedLayerIsCompared() => Assert.Equal(Recording.Names("layers").Order(), s_layers.Keys.Order());

    [Theory]
    [MemberData(nameof(NamesOfInitialised))]
    public void FirstWeightsAreDrawnAsInPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var recorded = Recording.Case("layers", name);
        manual_seed(recorded.GetProperty("seed").GetInt64());
        using var layer = s_layers[name]();
        var expected = Recording.ReadTensors(recorded.GetProperty("initial"));
        var actual = layer.state_dict();
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (key, value) in expected)
        {
            Recording.AssertClose(value, actual[key], 1e-7, $"{name}.{key}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ForwardAndBackwardAreAsInPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var recorded = Recording.Case("layers", name);
        using var layer = s_layers[name]();
        layer.load_state_dict(Recording.ReadTensors(recorded.GetProperty("state")));
        var x = Recording.ReadTensor(recorded.GetProperty("input"))!;
        x.requires_grad = x.dtype == float32;

        var y = layer.call(x);
        Recording.AssertClose(Recording.ReadTensor(recorded.GetProperty("output")), y, Tolerance, $"{name}: output");
        if (y.requires_grad)
        {
            (y * Recording.Numbered(y.shape)).sum().backward();
        }

        Recording.AssertClose(Recording.ReadTensor(recorded.GetProperty("input_grad")), x.grad, Tolerance, $"{name}: gradient of the input");
        var grads = recorded.GetProperty("grads");
        foreach (var (key, parameter) in layer.named_parameters())
        {
            Recording.AssertClose(Recording.ReadTensor(grads.GetProperty(key)), parameter.grad, Tolerance, $"{name}: gradient of {key}");
        }

        var buffers = layer.named_buffers().ToDictionary(named => named.name, named => named.buffer);
        var after = Recording.ReadTensors(recorded.GetProperty("after"));
        Assert.Equal(after.Keys, buffers.Keys);
        foreach (var (key, value) in after)
        {
            Recording.AssertClose(value, buffers[key], Tolerance, $"{name}: {key} after one pass");
        }

        layer.eval();
        Recording.AssertClose(Recording.ReadTensor(recorded.GetProperty("evaluated")), layer.call(x), Tolerance, $"{name}: evaluated");
    }

    /// <summary>One layer is native upstream and says so, and two have another's name.</summary>
    [Fact]
    public void LayersKnowTheirNames()
    {
        foreach (var (_, make) in s_layers)
        {
            using var layer = make();
            string type = layer.GetType().Name;
            string expected = type switch
            {
                "Embedding" => "torch::nn::EmbeddingImpl",
                "BatchNorm2d" => "BatchNorm1d",
                "InstanceNorm2d" => "InstanceNorm1d",
                _ => type,
            };
            Assert.Equal(expected, layer.GetName());
        }
    }

    [Fact]
    public void TransposedConvolutionReachesAWantedSize()
    {
        using var scope = NewDisposeScope();
        using var layer = ConvTranspose2d(1, 1, 3, stride: 2, padding: 1);
        var x = ones(1, 1, 4, 4);
        Assert.Equal([1, 1, 7, 7], layer.forward(x).shape);
        Assert.Equal([1, 1, 8, 8], layer.forward(x, [8, 8]).shape);
        Assert.Throws<ArgumentException>(() => layer.forward(x, [9, 9]));
    }

    [Fact]
    public void LayersRefuseInputOfTheWrongShape()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => Conv2d(3, 1, 3).call(ones(2, 4, 5, 5)));
        Assert.Throws<ArgumentException>(() => BatchNorm1d(3).call(ones(2, 3, 4, 5)));
        Assert.Throws<ArgumentException>(() => BatchNorm2d(3).call(ones(2, 3)));
        Assert.Throws<ArgumentException>(() => GroupNorm(1, 3).call(ones(2, 3)));
        Assert.Throws<ArgumentException>(() => InstanceNorm2d(3).call(ones(2, 4, 5, 5)));
        Assert.ThrowsAny<Exception>(() => Linear(3, 1).call(ones(2, 4)));
    }

    [Fact]
    public void SecondArgumentOfBatchNormIsEps()
    {
        using var layer = BatchNorm1d(3, 0.8);
        Assert.Equal(0.8, layer.eps);
        Assert.Equal(0.1, layer.momentum);
    }

    [Fact]
    public void InPlaceActivationsChangeTheirInputAndReturnAnotherObject()
    {
        using var scope = NewDisposeScope();
        Module<Tensor, Tensor>[] layers = [ReLU(true), LeakyReLU(0.2, true), SiLU(true), GELU(true), Tanh(true), Sigmoid(true)];
        foreach (var layer in layers)
        {
            var x = tensor(new float[] { -1, 2 });
            var y = layer.call(x);
            Assert.NotSame(x, y);
            Assert.Equal(y.data<float>().ToArray(), x.data<float>().ToArray());
            Assert.NotEqual(-1f, x[0].item<float>());
            y.Dispose();
            Assert.False(x.IsInvalid);
        }
    }

    [Fact]
    public void DropoutIsOffInEvaluation()
    {
        using var scope = NewDisposeScope();
        var x = ones(1000);
        using var layer = Dropout(0.25);
        Assert.InRange(layer.call(x).eq(0).sum().item<long>(), 150, 350);
        layer.eval();
        Assert.True(layer.call(x).Equals(x));
    }

    [Fact]
    public void LinearCanTakeParametersOver()
    {
        using var scope = NewDisposeScope();
        var weight = Parameter(ones(2, 3));
        using var layer = Linear(weight, Parameter(zeros(2)));
        Assert.Equal((3L, 2L), (layer.in_features, layer.out_features));
        Assert.Same(weight, layer.weight);
        Assert.Equal([3f, 3f], layer.call(ones(1, 3)).data<float>().ToArray());
    }
}
