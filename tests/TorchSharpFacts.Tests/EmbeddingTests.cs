using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanPipeline.TorchSharpFacts.Tests;

/// <summary>The one layer here that lives in native code upstream, and shows it.</summary>
public sealed class EmbeddingTests
{
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
}
