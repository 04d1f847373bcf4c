using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests.Native;

/// <summary>
/// libtorch's convolutions are right on this machine, in numbers of channels that are no multiple of the processor's vectors, too: on virtual machines that
/// hide their caches they are not, as they come (ConvolutionFault).
/// </summary>
public class ConvolutionTests
{
    [Theory]
    [InlineData(2, 5, 3, 14, 3, 1)]
    [InlineData(8, 1, 8, 28, 3, 2)]
    [InlineData(4, 8, 8, 7, 3, 1)]
    [InlineData(2, 20, 32, 14, 3, 1)]
    [InlineData(2, 24, 24, 14, 3, 2)]
    [InlineData(2, 100, 16, 7, 3, 1)]
    [InlineData(2, 64, 64, 7, 3, 1)]
    public void Outputs_and_gradients_are_those_of_double_precision(long count, long from, long to, long side, long kernel, long stride)
    {
        using var scope = NewDisposeScope();
        Tensor x = randn(count, from, side, side, requires_grad: true), weight = randn(to, from, kernel, kernel, requires_grad: true);
        Tensor made = nn.functional.conv2d(x, weight, strides: [stride, stride], padding: [1, 1]), weighting = randn_like(made);
        Tensor exactX = Exact(x), exactWeight = Exact(weight);
        Tensor exact = nn.functional.conv2d(exactX, exactWeight, strides: [stride, stride], padding: [1, 1]);
        Tensor[] found = [made, .. autograd.grad([(made * weighting).sum()], [x, weight])];
        Tensor[] expected = [exact, .. autograd.grad([(exact * weighting.to(float64)).sum()], [exactX, exactWeight])];
        foreach ((Tensor f, Tensor e) in found.Zip(expected))
            Assert.InRange((f.to(float64) - e).abs().max().item<double>() / e.abs().max().item<double>(), 0, 1e-5);
    }

    private static Tensor Exact(Tensor tensor) => tensor.detach().to(float64).requires_grad_();
}
