using static TorchSharp.torch.nn;

namespace GanPipeline.TorchSharpFacts.Tests;

/// <summary>What a module knows of its parts: a part that it does not know is not trained, not saved and not switched to evaluation.</summary>
public sealed class ModuleFacts
{
    /// <summary>A module as src writes them, and one that registers nothing.</summary>
    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Tensor constant = zeros(3), statistic = zeros(3);
        private readonly List<Linear> list = [Linear(3, 3)];

        public Block(bool registers = true) : base(nameof(Block))
        {
            if (!registers) return;
            register_module("body", Body);
            register_buffer(nameof(constant), constant, persistent: false);
        }

        public Sequential Body { get; } = Sequential(Linear(2, 3, hasBias: false), BatchNorm1d(3));

        public Parameter Scale { get; } = Parameter(ones(3));

        public override Tensor forward(Tensor input) => list[0].call((Body.call(input) * Scale) + constant + statistic);
    }

    /// <summary>A block as its parent sees it, which looks through its fields when it registers it.</summary>
    private static Block Registered()
    {
        var block = new Block();
        new Block().register_module("child", block);
        return block;
    }

    /// <summary>So every module of src registers its parts itself; ConditionalSequential each of its list.</summary>
    [Fact]
    public void What_is_not_registered_is_missing_and_so_is_a_list_of_layers_always()
    {
        Assert.Empty(new Block(registers: false).parameters());
        Assert.DoesNotContain(Registered().named_parameters(), p => p.name.Contains("list", StringComparison.Ordinal));
    }

    /// <summary>FlatNetwork.Layout, and with it a checkpoint, is in this order.</summary>
    [Fact]
    public void Parameters_come_in_the_order_of_registration() => Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "2.weight"],
        Sequential(Linear(1, 2), BatchNorm1d(2), Linear(2, 1, hasBias: false)).named_parameters().Select(p => p.name));

    /// <summary>So Initializer takes the distinct ones of modules(); FlatNetwork would move a weight twice if parameters came twice.</summary>
    [Fact]
    public void A_registered_module_is_listed_again_under_the_property_that_holds_it_and_its_parameters_are_not()
    {
        Block block = Registered();
        Assert.Equal(2, block.modules().Count(m => ReferenceEquals(m, block.Body)));
        Assert.Equal(4, block.parameters().Count()); // Scale, and three of Body
    }

    /// <summary>OneHotConcat says so of its constant, which would be averaged and saved as a running statistic otherwise.</summary>
    [Fact]
    public void A_tensor_field_becomes_a_buffer_unless_it_is_registered_as_not_persistent()
    {
        string[] buffers = [.. Registered().named_buffers().Select(b => b.name)];
        Assert.Contains("statistic", buffers);
        Assert.DoesNotContain("constant", buffers);
    }

    /// <summary>ClassVectors detaches its weight: a network that is built within a scope would lose it.</summary>
    [Fact]
    public void A_scope_takes_parameters_of_own_modules_and_leaves_those_of_built_in_layers()
    {
        Block block;
        using (NewDisposeScope()) block = new Block();
        Assert.True(block.Scale.IsInvalid);
        Assert.All(block.Body.parameters().ToArray(), p => Assert.False(p.IsInvalid));
    }

    /// <summary>Residual and SkipConcat use once more what flows in.</summary>
    [Fact]
    public void A_sequential_disposes_what_is_between_its_modules_and_not_what_flows_in()
    {
        Tensor x = ones(2, 2);
        Assert.Equal(8f, (x + Sequential(Identity(), Flatten(), ReLU()).call(x)).sum().item<float>());
    }
}
