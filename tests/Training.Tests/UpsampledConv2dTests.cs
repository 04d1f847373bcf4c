using GanPipeline.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class UpsampledConv2dTests
{
    [Theory]
    [InlineData(7, 7)]
    [InlineData(1, 4)]
    public void It_is_repetition_and_convolution_and_so_are_its_gradients(long height, long width)
    {
        using Conv2d plain = nn.Conv2d(5, 3, 3, padding: 1);
        using var merged = new UpsampledConv2d(plain);
        using var scope = NewDisposeScope();
        Tensor x = randn(2, 5, height, width, requires_grad: true), expected = plain.call(x.repeat_interleave(2, 2).repeat_interleave(2, 3)),
            actual = merged.call(x);
        Assert.Equal([2, 3, 2 * height, 2 * width], actual.shape);
        Tensor weighting = randn_like(expected);
        Tensor[] inputs = [x, plain.weight, plain.bias!];
        foreach ((Tensor e, Tensor a) in autograd.grad([(expected * weighting).sum()], inputs).Zip(autograd.grad([(actual * weighting).sum()], inputs))
            .Append((expected, actual)))
            Assert.Equal(0, (e - a).abs().max().item<float>(), 2e-5f * Math.Max(1, e.abs().max().item<float>()));
        Assert.Equal(["convolution.weight", "convolution.bias"], merged.named_parameters().Select(p => p.name));
    }
}
