using GanPipeline.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class CroppedConvTranspose2dTests
{
    [Theory]
    [InlineData(5, 2, 1, 1)] // TensorFlow's "same"
    [InlineData(7, 3, 2, 2)]
    public void It_is_the_transposed_convolution_without_its_last_rows_and_columns(long kernel, long stride, long padding, long crop)
    {
        using ConvTranspose2d plain = nn.ConvTranspose2d(5, 3, (kernel, kernel), (stride, stride), (padding, padding));
        using var cropped = new CroppedConvTranspose2d(plain, crop);
        using var scope = NewDisposeScope();
        Tensor x = randn(2, 5, 4, 6), whole = plain.call(x), actual = cropped.call(x);
        Assert.Equal([2, 3, whole.shape[2] - crop, whole.shape[3] - crop], actual.shape);
        Assert.True(actual.allclose(whole.narrow(2, 0, whole.shape[2] - crop).narrow(3, 0, whole.shape[3] - crop)));
    }

    [Fact]
    public void Its_parameters_are_those_of_the_convolution_alone()
    {
        using var cropped = new CroppedConvTranspose2d(nn.ConvTranspose2d(2, 3, (4, 4), (2, 2), (1, 1)), 1);
        Assert.Equal(["convolution.weight", "convolution.bias"], cropped.named_parameters().Select(p => p.name));
    }
}
