using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanPipeline.TorchSharpFacts.Tests;

public sealed class OptimizerTests
{
    private static readonly Dictionary<string, Func<Parameter[], OptimizerHelper>> s_optimizers = new()
    {
        ["adam"] = p => optim.Adam(p, 0.05),
        ["adam_gan"] = p => optim.Adam(p, 0.05, beta1: 0.5, beta2: 0.999),
        ["adam_amsgrad_decay"] = p => optim.Adam(p, 0.05, weight_decay: 0.1, amsgrad: true),
        ["adam_maximize"] = p => optim.Adam(p, 0.05, maximize: true),
        ["rmsprop"] = p => optim.RMSProp(p, 0.01),
        ["rmsprop_centered_momentum"] = p => optim.RMSProp(p, 0.01, alpha: 0.9, weight_decay: 0.1, momentum: 0.5, centered: true),
        ["sgd"] = p => optim.SGD(p, 0.05),
        ["sgd_momentum"] = p => optim.SGD(p, 0.01, momentum: 0.9, dampening: 0.1, weight_decay: 0.1),
        ["sgd_nesterov"] = p => optim.SGD(p, 0.01, momentum: 0.9, nesterov: true),
    };

    public static TheoryData<string> Names() => [.. Recording.Names("optimizers")];

    [Fact]
    public void EveryRecordedOptimizerIsCompared() => Assert.Equal(Recording.Names("optimizers").Order(), s_optimizers.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void TwentyStepsAreAsInPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var recorded = Recording.Case("optimizers", name);
        var w = nn.Parameter(Recording.ReadTensor(recorded.GetProperty("start"))!);
        var goal = Recording.ReadTensor(recorded.GetProperty("goal"))!;
        using var optimizer = s_optimizers[name]([w]);
        int i = 0;
        foreach (var expected in recorded.GetProperty("path").EnumerateArray())
        {
            Step(optimizer, w, goal, i);
            Recording.AssertClose(Recording.ReadTensor(expected), w, 1e-6, $"{name}: step {++i}");
        }

        Assert.Equal(20, i);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ASavedStateContinuesToTheBit(string name)
    {
        using var scope = NewDisposeScope();
        var goal = Recording.Numbered(2, 3) * 2;
        var w = nn.Parameter(zeros(2, 3));
        using var optimizer = s_optimizers[name]([w]);
        for (int i = 0; i < 5; i++)
        {
            Step(optimizer, w, goal, i);
        }

        using var saved = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(saved));
        var copy = nn.Parameter(w.detach().clone());
        using var resumed = s_optimizers[name]([copy]);
        Step(resumed, copy, goal, 0); // so that every state exists before it is loaded
        using (no_grad())
        {
            copy.copy_(w);
        }

        saved.Position = 0;
        resumed.load_state_dict(new BinaryReader(saved));
        for (int i = 5; i < 9; i++)
        {
            Step(optimizer, w, goal, i);
            Step(resumed, copy, goal, i);
        }

        Assert.True(w.Equals(copy));
        Assert.True(optimizer.state_dict().State[0].ApproximatelyEquals(resumed.state_dict().State[0]));
    }

    [Fact]
    public void StateOfAdamIsReachable()
    {
        using var scope = NewDisposeScope();
        var w = nn.Parameter(zeros(2));
        using var optimizer = optim.Adam([w], 0.1);
        Step(optimizer, w, ones(2), 0);
        var state = Assert.IsType<Adam.State>(optimizer.state_dict().State.Single());
        Assert.Equal(1, state.step);
        Assert.Equal([-0.2f, -0.2f], state.exp_avg.data<float>().ToArray());
        Assert.Equal(0.004f, state.exp_avg_sq[0].item<float>(), 1e-7f);
        Assert.Equal([[0]], optimizer.state_dict().StateIndexRef);
    }

    [Fact]
    public void GroupsHaveTheirOwnOptions()
    {
        using var scope = NewDisposeScope();
        Parameter slow = nn.Parameter(zeros(1)), fast = nn.Parameter(zeros(1));
        using var optimizer = optim.SGD([new SGD.ParamGroup([slow], new SGD.Options { LearningRate = 0.1 }), new SGD.ParamGroup { Parameters = [fast] }], 1.0);
        (slow + fast).sum().backward();
        optimizer.step();
        Assert.Equal(-0.1f, slow.item<float>(), 1e-6f);
        Assert.Equal(-1f, fast.item<float>(), 1e-6f);

        Assert.Equal([0.1, 1.0], optimizer.ParamGroups.Select(group => group.LearningRate));
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = 0;
        }

        optimizer.step();
        Assert.Equal(-1f, fast.item<float>(), 1e-6f);
        Assert.Equal(2, optimizer.parameters().Count());
    }

    [Fact]
    public void ParametersWithoutGradientStayAsTheyAre()
    {
        using var scope = NewDisposeScope();
        Parameter used = nn.Parameter(zeros(1)), unused = nn.Parameter(zeros(1));
        using var optimizer = optim.Adam([used, unused], weight_decay: 0.1);
        used.sum().backward();
        optimizer.step();
        Assert.NotEqual(0f, used.item<float>());
        Assert.Equal(0f, unused.item<float>());
        Assert.Equal(0, ((Adam.State)optimizer.state_dict().State[1]).step);
    }

    [Fact]
    public void ZeroGradOfTheOptimizerZeroesAndOfTheModuleRemoves()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(2, 1);
        using var optimizer = optim.Adam(layer.parameters());
        layer.call(ones(1, 2)).sum().backward();
        optimizer.zero_grad();
        Assert.Equal([0f, 0f], layer.weight.grad!.data<float>().ToArray());
        layer.zero_grad();
        Assert.Null(layer.weight.grad);
    }

    [Fact]
    public void ConvertingTheModuleAfterwardsLosesTheState()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(2, 1);
        using var optimizer = optim.Adam(layer.parameters());
        layer.to(float64);
        layer.call(ones(1, 2, dtype: float64)).sum().backward();
        Assert.Throws<KeyNotFoundException>(() => optimizer.step());
    }

    [Fact]
    public void AClosureIsRunWithGradientsAndItsLossReturned()
    {
        using var scope = NewDisposeScope();
        var w = nn.Parameter(ones(1));
        using var optimizer = optim.SGD([w], 0.5);
        var loss = optimizer.step(() =>
        {
            var value = w.square().sum();
            value.backward();
            return value;
        });
        Assert.Equal(1f, loss!.item<float>());
        Assert.Equal(0f, w.item<float>());
    }

    [Fact]
    public void InvalidOptionsAreRefused()
    {
        using var scope = NewDisposeScope();
        Parameter[] p = [nn.Parameter(zeros(1))];
        Assert.Throws<ArgumentException>(() => optim.Adam(p, -1));
        Assert.Throws<ArgumentException>(() => optim.Adam(p, beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.Adam(p, weight_decay: -0.1));
        Assert.Throws<ArgumentException>(() => optim.RMSProp(p, alpha: -1));
        Assert.Throws<ArgumentException>(() => optim.SGD(p, -1));
    }

    [Fact]
    public void AStateOfAnotherOptimizerIsRefused()
    {
        using var scope = NewDisposeScope();
        Parameter[] p = [nn.Parameter(zeros(1))];
        using var saved = new MemoryStream();
        using var adam = optim.Adam(p);
        adam.save_state_dict(new BinaryWriter(saved));
        saved.Position = 0;
        using var sgd = optim.SGD(p, 0.1);
        Assert.Throws<InvalidDataException>(() => sgd.load_state_dict(new BinaryReader(saved)));
    }

    [Fact]
    public void StepsLeaveNoTensorsBehind()
    {
        using var scope = NewDisposeScope();
        var w = nn.Parameter(zeros(8));
        var goal = ones(8);
        using var optimizer = optim.Adam([w]);
        long Steps(int count)
        {
            for (int i = 0; i < count; i++)
            {
                using var step = NewDisposeScope();
                Step(optimizer, w, goal, i);
            }

            return DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        }

        long warm = Steps(5);
        Assert.Equal(warm, Steps(100));
    }

    [Fact]
    public void GradientsAreClippedByTheirCommonNorm()
    {
        using var scope = NewDisposeScope();
        Parameter a = nn.Parameter(tensor(new[] { 3f })), b = nn.Parameter(tensor(new[] { 4f }));
        (0.5 * (a.square() + b.square())).sum().backward();
        Assert.Equal(5.0, nn.utils.clip_grad_norm_([a, b], 1.0), 1e-5);
        Assert.Equal(0.6f, a.grad!.item<float>(), 1e-4f);
        Assert.Equal(0.8f, b.grad!.item<float>(), 1e-4f);
        Assert.Equal(1.0, nn.utils.clip_grad_norm_([a, b], 2.0), 1e-4);
        nn.utils.clip_grad_value_([a, b], 0.5);
        Assert.Equal(0.5f, b.grad!.item<float>(), 1e-6f);
    }

    [Fact]
    public void ParametersBecomeAVectorAndComeBack()
    {
        using var scope = NewDisposeScope();
        Parameter[] p = [nn.Parameter(Recording.Numbered(2, 3)), nn.Parameter(Recording.Numbered(4))];
        var vector = nn.utils.parameters_to_vector(p);
        Assert.Equal([10], vector.shape);
        nn.utils.vector_to_parameters(vector * 2, p);
        Assert.True((Recording.Numbered(2, 3) * 2).Equals(p[0]));
        Assert.True((Recording.Numbered(4) * 2).Equals(p[1]));
    }

    private static void Step(OptimizerHelper optimizer, Parameter w, Tensor goal, int i)
    {
        optimizer.zero_grad();
        ((w - goal).square() * (1 + (i % 3))).sum().backward();
        optimizer.step();
    }
}
