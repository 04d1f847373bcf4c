using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.StandIns.Tests.SystemOnly;

/// <summary>What aborts the process with the real package, or reads what is not there, is an exception with libtorch's words here.</summary>
public class ErrorTests
{
    [Fact]
    public void ShapesThatDoNotFitAProduct() =>
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", Assert.Throws<ExternalException>(() => ones(2, 3).matmul(ones(2, 3))).Message);

    [Fact]
    public void AGradientOfWhatWasNotUsed()
    {
        Tensor x = ones(2, requires_grad: true), unused = ones(2, requires_grad: true);
        Assert.Contains("not have been used", Assert.Throws<ExternalException>(() => autograd.grad([x.sum()], [unused])).Message, StringComparison.Ordinal);
        Assert.Null(autograd.grad([x.sum()], [unused], allow_unused: true)[0]);
    }

    [Fact]
    public void BackwardOfSomethingWithoutGradients() =>
        Assert.Contains("does not require grad", Assert.Throws<ExternalException>(() => ones(1).sum().backward()).Message, StringComparison.Ordinal);

    [Fact]
    public void ADisposedTensorIsAnObjectDisposedException()
    {
        Tensor x = ones(1);
        x.Dispose();
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => x.add(1));
        Assert.Throws<ObjectDisposedException>(() => ones(1).add(x));
        Assert.Throws<ObjectDisposedException>(() => x.shape);
        Assert.Throws<ObjectDisposedException>(() => cat([ones(1), x]));
        Assert.True(x.IsInvalid);
    }

    [Fact]
    public void ANullTensorIsAnArgumentException() => Assert.ThrowsAny<ArgumentException>(() => ones(1).matmul(null!));

    [Fact]
    public void ADimensionThatIsNotThere()
    {
        Assert.Throws<ExternalException>(() => ones(2).size(1));
        Assert.Throws<ExternalException>(() => ones(2).sum(3));
        Assert.Throws<ExternalException>(() => ones(2)[5]);
    }

    [Fact]
    public void CudaWhereThereIsNone()
    {
        Assert.SkipWhen(cuda.is_available(), "this machine has CUDA");
        Assert.Throws<InvalidOperationException>(() => ones(1, device: new Device("cuda:0")));
        Assert.Throws<InvalidOperationException>(() => ones(1).cuda());
        Assert.False(TryInitializeDeviceType(DeviceType.CUDA));
    }

    [Fact]
    public void AFileThatIsNoTensor()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "no tensor");
        try
        {
            Assert.Throws<ExternalException>(() => load(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>With the reference BLAS matrix products are more than thirty times slower, and nothing else would tell.</summary>
    [Fact]
    public void MatrixProductsComeFromAFastLibrary() => Assert.Matches("(?i)openblas|mkl|blis|libtorch_cpu", NativeLibrary.BlasLibrary);
}
