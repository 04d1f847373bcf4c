using GanPipeline.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>The form that is computed gives what the plain operator gives, and so do its gradients.</summary>
public class PhasedConvTranspose2dTests
{
    [Theory]
    [InlineData(8, 3, 2, 0, 0)] // many channels: as phases
    [InlineData(8, 3, 2, 1, 0)]
    [InlineData(8, 4, 2, 1, 0)]
    [InlineData(8, 5, 2, 1, 1)] // TensorFlow's "same"
    [InlineData(8, 7, 3, 2, 0)]
    [InlineData(8, 3, 3, 0, 0)]
    [InlineData(8, 3, 1, 1, 0)] // stride 1: as it comes
    [InlineData(1, 4, 2, 2, 0)] // few channels: as one convolution
    [InlineData(3, 5, 2, 1, 1)]
    [InlineData(2, 7, 3, 2, 1)]
    public void It_is_the_transposed_convolution(long outputs, long kernel, long stride, long padding, long cut)
    {
        using ConvTranspose2d plain = nn.ConvTranspose2d(5, outputs, (kernel, kernel), (stride, stride), (padding, padding));
        using var phased = new PhasedConvTranspose2d(plain, cut);
        using var scope = NewDisposeScope();
        Tensor x = randn(2, 5, 4, 6, requires_grad: true), whole = plain.call(x);
        Tensor expected = whole.narrow(2, 0, whole.shape[2] - cut).narrow(3, 0, whole.shape[3] - cut), actual = phased.call(x);
        Assert.Equal(expected.shape, actual.shape);
        Tensor weighting = randn_like(expected);
        Tensor[] inputs = [x, plain.weight, plain.bias!];
        foreach ((Tensor e, Tensor a) in autograd.grad([(expected * weighting).sum()], inputs).Zip(autograd.grad([(actual * weighting).sum()], inputs)).Append((expected, actual)))
            Assert.Equal(0, (e - a).abs().max().item<float>(), 2e-5f * Math.Max(1, e.abs().max().item<float>()));
    }

    [Fact]
    public void Its_parameters_are_those_of_the_convolution_alone()
    {
        using var phased = new PhasedConvTranspose2d(nn.ConvTranspose2d(2, 3, (4, 4), (2, 2), (1, 1)));
        Assert.Equal(["convolution.weight", "convolution.bias"], phased.named_parameters().Select(p => p.name));
    }
}
