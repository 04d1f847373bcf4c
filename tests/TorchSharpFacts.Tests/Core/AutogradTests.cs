using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.TorchSharpFacts.Tests.Core;

public class AutogradTests
{
    [Fact]
    public void BackwardAddsToTheGradientsOfLeaves()
    {
        Tensor x = tensor(new float[] { 1, 2 }, requires_grad: true);
        Tensor y = x * x;
        Assert.Null(x.grad);
        Assert.False(y.is_leaf);
        y.sum().backward();
        Assert.Equal([2f, 4f], x.grad!.data<float>().ToArray());
        (x * 3).sum().backward();
        Assert.Equal([5f, 7f], x.grad!.data<float>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void GradOfAnInteriorTensorMustBeRetained()
    {
        Tensor x = ones(1, requires_grad: true), y = x * 2;
        y.retain_grad();
        (y * 5).sum().backward();
        Assert.Equal(5f, y.grad!.item<float>());
    }

    [Fact]
    public void AGraphIsFreedByBackward()
    {
        Tensor x = ones(1, requires_grad: true), y = (x * x).sum();
        y.backward(retain_graph: true);
        y.backward();
        Assert.Contains("backward through the graph a second time", Assert.Throws<ExternalException>(() => y.backward()).Message, StringComparison.Ordinal);
    }

    /// <summary>A gradient penalty needs both arguments: retain_graph does not follow create_graph.</summary>
    [Fact]
    public void CreateGraphAloneDoesNotKeepTheGraph()
    {
        Tensor x = ones(2, requires_grad: true), w = full(2, 3f, requires_grad: true);
        Tensor score = (w * x * x).sum();
        Tensor gradient = autograd.grad([score], [x], create_graph: true)[0];
        Assert.ThrowsAny<ExternalException>(() => (gradient.pow(2).sum() + score).backward());

        score = (w * x * x).sum();
        gradient = autograd.grad([score], [x], retain_graph: true, create_graph: true)[0];
        Assert.Equal([6f, 6f], gradient.data<float>().ToArray());
        (gradient.pow(2).sum() + score).backward(); // d/dw of (2 w x)^2 + w x^2
        Assert.Equal([25f, 25f], w.grad!.data<float>().ToArray());
    }

    [Fact]
    public void GradWithSeeds()
    {
        Tensor x = ones(2, requires_grad: true);
        IList<Tensor> found = autograd.grad([x * 2], [x], [tensor(new float[] { 1, 10 })]);
        Assert.Equal([2f, 20f], found[0].data<float>().ToArray());
        Assert.Null(x.grad);
    }

    [Fact]
    public void NoGradEndsWithItsBlock()
    {
        Tensor x = ones(1, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
            x.add_(1); // a leaf may be changed here
        }
        Assert.True(is_grad_enabled());
        Assert.True((x * 2).requires_grad);
        Assert.ThrowsAny<ExternalException>(() => x.add_(1));
        using (set_grad_enabled(false)) Assert.False((x * 2).requires_grad);
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }
        Assert.False(is_inference_mode_enabled());
    }

    [Fact]
    public void DetachSharesMemoryAndForgetsTheGraph()
    {
        Tensor x = ones(2, requires_grad: true), y = (x * 2).detach();
        Assert.False(y.requires_grad);
        Tensor alias = x.detach();
        alias.fill_(5);
        Assert.Equal(10f, x.sum().item<float>());
        Assert.Throws<ExternalException>(() => y.sum().backward());
    }

    [Fact]
    public void OnlyFloatingPointCanRequireGradients() => Assert.Throws<ExternalException>(() => arange(3).requires_grad_());

    [Fact]
    public void GradientsCanBeAssigned()
    {
        Tensor flat = zeros(4), w = ones(2, requires_grad: true);
        w.grad = flat.narrow(0, 0, 2);
        (w * 3).sum().backward();
        Assert.Equal([3f, 3f, 0f, 0f], flat.data<float>().ToArray()); // gradients of several tensors in one buffer
    }
}
