using System.Runtime.InteropServices;

namespace GanPipeline.TorchSharpFacts.Tests;

public sealed class GradientFacts
{
    /// <summary>PenaltyOptions.Slope and Unrolling pass both: retain_graph does not follow create_graph, as it does in PyTorch.</summary>
    [Fact]
    public void Create_graph_alone_does_not_keep_the_graph_that_a_penalty_needs()
    {
        Tensor x = ones(2, requires_grad: true), w = full(2, 3f, requires_grad: true), score = (w * x * x).sum();
        Tensor slope = autograd.grad([score], [x], create_graph: true)[0];
        Assert.Contains("a second time", Assert.Throws<ExternalException>(() => (slope.square().sum() + score).backward()).Message, StringComparison.Ordinal);

        score = (w * x * x).sum();
        slope = autograd.grad([score], [x], retain_graph: true, create_graph: true)[0];
        (slope.square().sum() + score).backward(); // the derivative of (2 w x)² + w x² in w
        Assert.Equal([25f, 25f], w.grad!.data<float>().ToArray());
    }

    /// <summary>Player.Gradients with a shared graph: D's backward pass must leave G's gradients as they are, and the graph for G.</summary>
    [Fact]
    public void Backward_with_inputs_adds_to_no_other_gradient_and_can_keep_the_graph()
    {
        Tensor generator = ones(1, requires_grad: true), discriminator = ones(1, requires_grad: true), loss = (generator * discriminator * 3).sum();
        autograd.backward(loss, retain_graph: true, inputs: [discriminator]);
        Assert.Null(generator.grad);
        autograd.backward(loss, inputs: [generator]);
        Assert.Equal((3f, 3f), (generator.grad!.item<float>(), discriminator.grad!.item<float>()));
    }
}
