using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanPipeline.TorchSharpFacts.Tests;

public sealed class ModuleStateTests
{
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
}
