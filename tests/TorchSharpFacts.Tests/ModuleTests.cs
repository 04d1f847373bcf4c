using System.Runtime.CompilerServices;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanPipeline.TorchSharpFacts.Tests;

public sealed class ModuleTests
{
    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> first = Linear(2, 3);
        private readonly Module<Tensor, Tensor> norm = BatchNorm1d(3);
        private readonly Parameter scale = Parameter(ones(3));
        private readonly Tensor shift = zeros(3);

        [ComponentName(Name = "last")]
        private readonly Module<Tensor, Tensor> hidden = Linear(3, 1, hasBias: false);

        public Block(bool register = true)
            : base(nameof(Block))
        {
            if (register)
            {
                RegisterComponents();
            }
        }

        public Parameter Scale => scale;

        public Tensor Shift => shift;

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            return hidden.call((norm.call(first.call(input)) * scale) + shift).MoveToOuterDisposeScope();
        }
    }

    private sealed class Pair(string name) : Module<Tensor, Tensor, Tensor>(name)
    {
        public override Tensor forward(Tensor left, Tensor right) => left + right;
    }

    private sealed class WithList : Module<Tensor, Tensor>
    {
        private readonly List<Module<Tensor, Tensor>> hidden = [Linear(1, 1)];
        private readonly ModuleList<Module<Tensor, Tensor>> seen = ModuleList<Module<Tensor, Tensor>>(Linear(1, 1), Linear(1, 1, hasBias: false));
        private readonly ParameterList own = ParameterList(Parameter(ones(1)), Parameter(ones(2)));

        public WithList()
            : base(nameof(WithList)) => RegisterComponents();

        public Linear Property { get; } = Linear(1, 1, hasBias: false);

        public override Tensor forward(Tensor input) => hidden[0].call(seen[0].call(input)) * own[0];
    }

    [Fact]
    public void FieldsAreRegisteredInTheirOrderUnderTheirNames()
    {
        using var block = new Block();
        Assert.Equal(["scale", "first.weight", "first.bias", "norm.weight", "norm.bias", "last.weight"], block.named_parameters().Select(named => named.name));
        Assert.Equal(["shift", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked"], block.named_buffers().Select(named => named.name));
        Assert.Equal(["first", "norm", "last"], block.named_children().Select(named => named.name));
        Assert.Equal(["scale"], block.named_parameters(recurse: false).Select(named => named.name));
    }

    [Fact]
    public void StateDictHasParametersThenBuffersAndItsEntriesAreAlive()
    {
        using var block = new Block();
        var state = block.state_dict();
        Assert.Equal(block.named_parameters().Select(named => named.name).Concat(block.named_buffers().Select(named => named.name)), state.Keys);
        Assert.Same(block.Scale, state["scale"]);
        using (no_grad())
        {
            state["scale"].fill_(7);
        }

        Assert.Equal(7f, block.Scale[0].item<float>());
        Assert.Equal(["net.scale"], block.state_dict(prefix: "net").Keys.Take(1));
    }

    [Fact]
    public void WithoutRegisterComponentsParametersAreMissing()
    {
        using var block = new Block(register: false);
        Assert.Empty(block.parameters());
        Assert.Empty(block.state_dict());

        // registering it with another module finds them; a Sequential does not look
        using var unseen = Sequential(new Block(register: false));
        Assert.Empty(unseen.parameters());
        using var parent = new Pair("parent");
        parent.register_module("block", block);
        Assert.Equal(6, parent.parameters().Count());
    }

    [Fact]
    public void ListsOfLayersAreNotSeenModuleListsAreAndAutoPropertiesHaveOddNames()
    {
        using var module = new WithList();
        Assert.Equal(
            ["seen.0.weight", "seen.0.bias", "seen.1.weight", "own.0", "own.1", "<Property>k__BackingField.weight"],
            module.named_parameters().Select(named => named.name));
    }

    [Fact]
    public void RegistrationRefusesDoublesAndNothings()
    {
        using var scope = NewDisposeScope();
        using var module = new Pair("pair");
        module.register_parameter("p", Parameter(ones(1)));
        module.register_buffer("b", ones(1));
        module.register_module("m", Linear(1, 1));
        Assert.Throws<InvalidOperationException>(() => module.register_parameter("p", Parameter(ones(1))));
        Assert.Throws<InvalidOperationException>(() => module.register_buffer("b", ones(1)));
        Assert.Throws<InvalidOperationException>(() => module.register_module("m", Linear(1, 1)));
        Assert.Throws<ArgumentNullException>(() => module.register_parameter("q", null!));
        Assert.Throws<ArgumentNullException>(() => module.register_buffer("q", null!));
        Assert.Throws<ArgumentException>(() => module.register_module("a.b", Linear(1, 1)));
        Assert.Throws<ArgumentException>(() => module.register_module("", Linear(1, 1)));
        module.register_module("m", null!);
        Assert.Empty(module.named_children().Select(named => named.name));
        Assert.Throws<InvalidOperationException>(() => ReLU().register_parameter("p", Parameter(ones(1))));
    }

    [Fact]
    public void NonPersistentBuffersAreNeverListedNorConverted()
    {
        using var module = new Pair("pair");
        var kept = ones(1);
        var passing = ones(1);
        module.register_buffer("kept", kept);
        module.register_buffer("passing", passing, persistent: false);
        Assert.Equal(["kept"], module.named_buffers(include_nonpersistent: true).Select(named => named.name));
        Assert.Equal(["kept"], module.state_dict().Keys);
        Assert.Same(passing, module.get_buffer("passing"));
        module.to(float64);
        Assert.Equal(float64, module.get_buffer("kept")!.dtype);
        Assert.Equal(float32, module.get_buffer("passing")!.dtype);
    }

    [Fact]
    public void ComponentsAreFoundByTheirPath()
    {
        using var block = new Block();
        Assert.Same(block.Scale, block.get_parameter("scale"));
        Assert.True(block.has_parameter("first.weight"));
        Assert.False(block.has_parameter("first.wait"));
        Assert.True(block.has_buffer("norm.running_mean"));
        Assert.Null(block.get_buffer("norm.weight"));
        using var net = Sequential(("a", Linear(1, 2)), ("b", ReLU()));
        Assert.Equal([2, 1], net.get_parameter("a.weight")!.shape);
    }

    [Fact]
    public void ASharedParameterIsListedOnceAndInTheStateTwice()
    {
        using var scope = NewDisposeScope();
        using var module = new Pair("pair");
        var shared = Linear(1, 1, hasBias: false);
        module.register_module("left", shared);
        module.register_module("right", shared);
        Assert.Equal(["left.weight"], module.named_parameters().Select(named => named.name));
        Assert.Equal(["left.weight", "right.weight"], module.state_dict().Keys);
    }

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
    public void EmbeddingGivesItsWeightAsANewObjectEachTime()
    {
        using var scope = NewDisposeScope();
        using var layer = Embedding(3, 2);
        var weight = layer.weight!;
        Assert.NotSame(weight, layer.weight);
        Assert.True(weight.Equals(layer.parameters().Single()));
        layer.call(tensor(new long[] { 1 })).sum().backward();
        Assert.Equal([0f, 0f, 1f, 1f, 0f, 0f], weight.grad!.data<float>().ToArray());
        weight.Dispose();
        Assert.Equal([1, 2], layer.call(tensor(new long[] { 1 })).shape);
    }

    [Fact]
    public void AnEmbeddingMadeInAScopeWorksAfterItButHasNoParameterToTrain()
    {
        Embedding layer;
        using (NewDisposeScope())
        {
            layer = Embedding(3, 2);
        }

        using var scope = NewDisposeScope();
        Assert.Equal([1, 2], layer.call(tensor(new long[] { 1 })).shape);
        Assert.Equal([3, 2], layer.weight!.shape);
        Assert.Empty(layer.parameters());
        layer.Dispose();
    }

    [Fact]
    public void AnEmbeddingIsConvertedInPlaceAndCanTakeAnotherTable()
    {
        using var scope = NewDisposeScope();
        using var layer = Embedding(3, 2);
        var registered = layer.parameters().Single();
        layer.to(float64);
        Assert.Same(registered, layer.parameters().Single());
        Assert.Equal(float64, registered.dtype);
        Assert.Equal(float64, layer.call(tensor(new long[] { 1 })).dtype);
        layer.weight = Parameter(ones(4, 2));
        Assert.Equal([1f, 1f], layer.call(tensor(new long[] { 3 })).data<float>().ToArray());
        Assert.Equal([4, 2], layer.parameters().Single().shape);
        using var frozen = Embedding_from_pretrained(ones(2, 2));
        Assert.False(frozen.weight!.requires_grad);
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
    public void LoadStateDictCopiesAndIsStrict()
    {
        using Block source = new(), target = new();
        target.load_state_dict(source.state_dict());
        Assert.All(source.state_dict(), entry => Assert.True(entry.Value.Equals(target.state_dict()[entry.Key])));
        Assert.NotSame(source.Scale, target.Scale);

        var partial = source.state_dict();
        partial.Remove("scale");
        partial["other"] = source.Shift;
        Assert.Throws<InvalidOperationException>(() => target.load_state_dict(partial));
        var (missing, unexpected) = target.load_state_dict(partial, strict: false);
        Assert.Equal(["scale"], missing);
        Assert.Equal(["other"], unexpected);
        target.load_state_dict(partial, skip: ["scale", "other"]);
    }

    [Fact]
    public void SavedModulesLoadAgain()
    {
        using Block source = new(), target = new();
        using var file = new MemoryStream();
        source.save(file);
        byte[] bytes = file.ToArray();
        target.load(new MemoryStream(bytes));
        Assert.All(source.state_dict(), entry => Assert.True(entry.Value.Equals(target.state_dict()[entry.Key])));

        using var narrower = Sequential(Linear(2, 3));
        Assert.Throws<ArgumentException>(() => narrower.load(new MemoryStream(bytes)));
        Dictionary<string, bool> loaded = [];
        narrower.load(new MemoryStream(bytes), strict: false, loadedParameters: loaded);
        Assert.Equal(source.state_dict().Keys, loaded.Keys);
        Assert.DoesNotContain(true, loaded.Values);

        // the shape of an entry is checked too
        using var longer = new Pair("longer");
        longer.register_parameter("scale", Parameter(ones(4)));
        Assert.Throws<ArgumentException>(() => longer.load(new MemoryStream(bytes), strict: false));
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
    public void ParametersAreWalkedWhenTheyAreAskedFor()
    {
        using var net = Sequential(Linear(1, 1));
        var parameters = net.parameters();
        net.append(Linear(1, 1, hasBias: false));
        Assert.Equal(3, parameters.Count());
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
