using System.Runtime.CompilerServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanPipeline.TorchSharpFacts.Tests;

public sealed class ModuleTests
{
    [Fact]
    public void TrainingReachesAllChildren()
    {
        using var net = Sequential(Linear(1, 1), Sequential(Dropout(), BatchNorm1d(1)));
        Assert.True(net.training);
        net.eval();
        Assert.All(net.modules(), module => Assert.False(module.training));
        net.train();
        Assert.All(net.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void ApplyVisitsChildrenBeforeTheirParent()
    {
        using var net = Sequential(Linear(1, 1), Sequential(ReLU()));
        List<string> visited = [];
        net.apply(module => visited.Add(module.GetName()));
        Assert.Equal(["Linear", "ReLU", "torch::nn::SequentialImpl", "torch::nn::SequentialImpl"], visited);
        Assert.Equal(["0", "1", "1.0"], net.named_modules().Select(named => named.name));
    }

    [Fact]
    public void SequentialRunsItsModulesAndDisposesWhatIsInBetween()
    {
        using var scope = NewDisposeScope();
        using var empty = Sequential();
        var x = ones(1, 2);
        var same = empty.call(x);
        Assert.NotSame(x, same);
        Assert.True(x.Equals(same));

        Tensor? between = null;
        using var net = Sequential(("keep", new Spy(seen => between = seen)), ("double", new Spy(_ => { })));
        Assert.Equal(4f, net.call(x)[0, 0].item<float>());
        Assert.True(between!.IsInvalid);
        Assert.False(x.IsInvalid);

        net.append(ReLU()).append("end", Identity());
        Assert.Equal(["keep", "double", "2", "end"], net.named_children().Select(named => named.name));
        Assert.Equal(4, net.Count);
        Assert.Equal("ReLU", ((Module)net[2]).GetName());
    }

    private sealed class Spy(Action<Tensor> report) : Module<Tensor, Tensor>(nameof(Spy))
    {
        public override Tensor forward(Tensor input)
        {
            var result = input * 2;
            report(result);
            return result;
        }
    }

    [Fact]
    public void ConversionReplacesParametersAndFieldsAndKeepsIntegers()
    {
        using var scope = NewDisposeScope();
        using var block = new Block();
        var old = block.Scale;
        block.call(ones(4, 2)).sum().backward();
        Assert.Same(block, block.to(float64));
        Assert.True(old.IsInvalid);
        Assert.NotSame(old, block.Scale);
        Assert.Same(block.Scale, block.get_parameter("scale"));
        Assert.Same(block.Shift, block.get_buffer("shift"));
        Assert.All(block.parameters(), parameter => Assert.Equal(float64, parameter.dtype));
        Assert.All(block.parameters(), parameter => Assert.Equal(float64, parameter.grad!.dtype));
        Assert.All(block.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.is_leaf));
        Assert.Equal(int64, block.get_buffer("norm.num_batches_tracked")!.dtype);
        Assert.Equal(float64, block.call(ones(4, 2, dtype: float64)).dtype);

        var kept = block.Scale;
        block.to(CPU).to(float64);
        Assert.Same(kept, block.Scale);
    }

    [Fact]
    public void BuiltInLayersSurviveTheScopeThatTheyAreMadeInAndFieldsOfOthersDoNot()
    {
        Block block;
        Sequential net;
        using (NewDisposeScope())
        {
            block = new Block();
            net = Sequential(Linear(2, 2), BatchNorm1d(2), LayerNorm(2), Conv2d(1, 1, 1));
        }

        Assert.All(net.parameters(), parameter => Assert.False(parameter.IsInvalid));
        Assert.Equal(8, net.parameters().Count());
        Assert.True(block.Scale.IsInvalid);
        Assert.True(block.Shift.IsInvalid);
        Assert.DoesNotContain("scale", block.named_parameters().Select(named => named.name));
        Assert.Contains("first.weight", block.named_parameters().Select(named => named.name));
        net.Dispose();
        block.Dispose();
    }

    [Fact]
    public void DisposingAModuleDisposesItsTensors()
    {
        var block = new Block();
        Parameter[] parameters = [.. block.parameters()];
        Tensor[] buffers = [.. block.buffers()];
        block.Dispose();
        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
        Assert.All(buffers, buffer => Assert.True(buffer.IsInvalid));
        block.Dispose();
    }

    [Fact]
    public void AParameterTakesItsTensorOver()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);
        var parameter = new Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad && parameter.is_leaf);
        Assert.False(Parameter(ones(1), requires_grad: false).requires_grad);
        Parameter inner;
        using (NewDisposeScope())
        {
            inner = Parameter(ones(1));
        }

        Assert.True(inner.IsInvalid);
    }

    [Fact]
    public void AModuleNobodyHoldsIsCollected()
    {
        var weak = MakeAndForget();
        for (int i = 0; i < 10 && weak.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(weak.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MakeAndForget() => new(Sequential(Linear(2, 2), ReLU()));
}
