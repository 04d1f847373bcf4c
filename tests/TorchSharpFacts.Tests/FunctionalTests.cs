using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Reduction = TorchSharp.torch.nn.Reduction;

namespace GanPipeline.TorchSharpFacts.Tests;

public sealed class FunctionalTests
{
    private const double Tolerance = 2e-5;

    private static readonly Dictionary<string, Func<Tensor[], Tensor>> s_functions = new()
    {
        ["cross_entropy"] = x => F.cross_entropy(x[0], x[1]),
        ["cross_entropy_weighted_sum"] = x => F.cross_entropy(x[0], x[1], tensor(new[] { 0.5f, 1f, 2f }), reduction: Reduction.Sum),
        ["cross_entropy_smoothed_ignoring"] = x => F.cross_entropy(x[0], x[1], ignore_index: 1, label_smoothing: 0.1),
        ["nll_loss"] = x => F.nll_loss(F.log_softmax(x[0], 1), x[1], reduction: Reduction.None),
        ["binary_cross_entropy"] = x => F.binary_cross_entropy(x[0], x[1].detach()),
        ["binary_cross_entropy_with_logits"] = x => F.binary_cross_entropy_with_logits(x[0], x[1]),
        ["binary_cross_entropy_with_logits_weighted"] = x =>
            F.binary_cross_entropy_with_logits(x[0], x[1], tensor(new[] { 1f, 3f }), Reduction.Sum, tensor(new[] { 2f, 0.5f })),
        ["mse_loss"] = x => F.mse_loss(x[0], x[1]),
        ["mse_loss_none"] = x => F.mse_loss(x[0], x[1], Reduction.None),
        ["l1_loss_sum"] = x => F.l1_loss(x[0], x[1], Reduction.Sum),
        ["softplus"] = x => F.softplus(x[0]),
        ["logsigmoid"] = x => F.logsigmoid(x[0]),
        ["log_softmax"] = x => F.log_softmax(x[0], 1),
        ["normalize"] = x => F.normalize(x[0]),
        ["one_hot"] = x => F.one_hot(x[0], 4),
        ["interpolate_bicubic"] = x => F.interpolate(x[0], scale_factor: [2, 2], mode: InterpolationMode.Bicubic, align_corners: false),
        ["interpolate_antialiased"] = x => F.interpolate(x[0], size: [2, 3], mode: InterpolationMode.Bilinear, align_corners: false, antialias: true),
        ["interpolate_uneven"] = x => F.interpolate(x[0], scale_factor: [1.7, 1.3]),
        ["interpolate_recomputed"] = x =>
            F.interpolate(x[0], scale_factor: [1.7, 1.3], mode: InterpolationMode.Bilinear, align_corners: false, recompute_scale_factor: true),
        ["pad_constant"] = x => F.pad(x[0], (1, 2), value: 0.5),
        ["pad_replicate"] = x => F.pad(x[0], (1, 2, 0, 1), PaddingModes.Replicate),
        ["pad_circular"] = x => F.pad(x[0], [1, 2, 0, 1], PaddingModes.Circular),
        ["dropout"] = x => F.dropout(x[0], 0.3),
        ["dropout2d"] = x => F.dropout2d(x[0]),
    };

    public static TheoryData<string> Names() => [.. Recording.Names("functions")];

    [Fact]
    public void EveryRecordedFunctionIsCompared() => Assert.Equal(Recording.Names("functions").Order(), s_functions.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void ValueAndGradientsAreAsInPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var recorded = Recording.Case("functions", name);
        Tensor[] inputs = [.. recorded.GetProperty("inputs").EnumerateArray().Select(x => Recording.ReadTensor(x)!)];
        foreach (var x in inputs.Where(x => x.dtype == float32))
        {
            x.requires_grad = true;
        }

        manual_seed(recorded.GetProperty("seed").GetInt64());
        var y = s_functions[name](inputs);
        Recording.AssertClose(Recording.ReadTensor(recorded.GetProperty("output")), y, Tolerance, name);
        if (y.requires_grad)
        {
            (y * Recording.Numbered(y.shape)).sum().backward();
        }

        foreach (var (x, grad) in inputs.Zip(recorded.GetProperty("grads").EnumerateArray()))
        {
            Recording.AssertClose(Recording.ReadTensor(grad), x.grad, Tolerance, $"{name}: gradient");
        }
    }

    [Fact]
    public void LossModulesComputeWhatTheFunctionsCompute()
    {
        using var scope = NewDisposeScope();
        Tensor logits = Recording.Numbered(4, 3), classes = tensor(new long[] { 2, 0, 1, 2 }), targets = Recording.Numbered(4, 3).abs();
        AssertSame(F.cross_entropy(logits, classes), nn.CrossEntropyLoss().call(logits, classes));
        AssertSame(F.nll_loss(logits, classes), nn.NLLLoss().call(logits, classes));
        AssertSame(F.binary_cross_entropy(targets, targets), nn.BCELoss().call(targets, targets));
        AssertSame(F.binary_cross_entropy_with_logits(logits, targets), nn.BCEWithLogitsLoss().call(logits, targets));
        AssertSame(F.mse_loss(logits, targets, Reduction.Sum), nn.MSELoss(Reduction.Sum).call(logits, targets));
        AssertSame(F.l1_loss(logits, targets), nn.L1Loss().call(logits, targets));
    }

    [Fact]
    public void BinaryCrossEntropyRefusesToBroadcast()
    {
        using var scope = NewDisposeScope();
        Assert.ThrowsAny<Exception>(() => F.binary_cross_entropy_with_logits(zeros(4, 1), zeros(4)));
        Assert.ThrowsAny<Exception>(() => F.binary_cross_entropy(zeros(4, 1), zeros(4)));
    }

    [Fact]
    public void OneHotWantsInt64()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => F.one_hot(zeros(3)));
        Assert.Throws<ArgumentException>(() => F.one_hot(zeros(3, dtype: int32)));
    }

    private static void AssertSame(Tensor expected, Tensor actual) => Recording.AssertClose(expected, actual, 0, "the loss module");
}
