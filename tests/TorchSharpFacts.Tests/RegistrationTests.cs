using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanPipeline.TorchSharpFacts.Tests;

public sealed class RegistrationTests
{
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
    public void ParametersAreWalkedWhenTheyAreAskedFor()
    {
        using var net = Sequential(Linear(1, 1));
        var parameters = net.parameters();
        net.append(Linear(1, 1, hasBias: false));
        Assert.Equal(3, parameters.Count());
    }
}
