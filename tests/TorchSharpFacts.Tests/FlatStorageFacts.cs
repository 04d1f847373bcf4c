using System.Runtime.InteropServices;

namespace GanPipeline.TorchSharpFacts.Tests;

/// <summary>What FlatNetwork rests on: the parameters, gradients and buffers of a network as parts of three tensors.</summary>
public sealed class FlatStorageFacts
{
    [Fact]
    public void A_layer_computes_with_the_part_that_its_weight_is_set_to_and_adds_to_the_part_that_its_gradient_is()
    {
        using Linear layer = nn.Linear(2, 1, hasBias: false);
        Tensor weights = zeros(5), gradients = zeros(5);
        using (no_grad()) layer.weight.set_(weights.narrow(0, 1, 2).view(1, 2));
        layer.weight.grad = gradients.narrow(0, 1, 2).view(1, 2);
        weights.fill_(3);
        weights.Dispose(); // Checkpoint.Fill: the part keeps the storage
        Tensor y = layer.call(ones(1, 2));
        Assert.Equal(6f, y.item<float>());
        y.backward(retain_graph: true);
        y.backward();
        Assert.Equal([0f, 2f, 2f, 0f, 0f], gradients.data<float>().ToArray());
    }

    /// <summary>Why class vectors are ClassVectors: made in a scope, an embedding works on and has no parameter to train.</summary>
    [Fact]
    public void An_embedding_keeps_its_weight_in_native_code()
    {
        Embedding layer;
        using (NewDisposeScope()) layer = nn.Embedding(3, 2);
        Assert.Equal([1, 2], layer.call(tensor(new long[] { 1 })).shape);
        Assert.NotSame(layer.weight, layer.weight);
        Assert.Empty(layer.parameters());
    }

    /// <summary>Adam's one pass over memory writes there, and ImageLoading its pixels.</summary>
    [Fact]
    public void The_bytes_of_a_contiguous_part_are_the_memory_of_the_whole()
    {
        Tensor flat = zeros(4);
        MemoryMarshal.Cast<byte, float>(flat.narrow(0, 1, 2).bytes)[1] = 3;
        Assert.Equal([0f, 0f, 3f, 0f], flat.data<float>().ToArray());
    }
}
