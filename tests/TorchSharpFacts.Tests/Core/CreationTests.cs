using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.TorchSharpFacts.Tests.Core;

public class CreationTests
{
    [Fact]
    public void SizesAndElementTypes()
    {
        Assert.Equal([2L, 3L], zeros(2, 3).shape);
        Assert.Equal([4L], empty(4).shape);
        Assert.Equal([2L, 2L, 2L, 2L], ones(2, 2, 2, 2).shape);
        Assert.Empty(zeros(Array.Empty<long>()).shape);
        Assert.Equal(ScalarType.Float32, ones(1).dtype);
        Assert.Equal(ScalarType.Float64, ones(1, dtype: float64).dtype);
        Assert.Equal(ScalarType.Int64, tensor(3L).dtype);
        Assert.Equal(ScalarType.Int32, tensor(3).dtype);
        Assert.Equal(ScalarType.Float32, tensor(3f).dtype);
        Assert.Equal(ScalarType.Float64, tensor(3.0).dtype);
        Assert.Equal(ScalarType.Bool, tensor(true).dtype);
        Assert.Equal(ScalarType.Byte, tensor(new byte[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int64, randint(0, 5, new long[] { 3 }).dtype);
        Assert.Equal(ScalarType.Int64, randperm(4).dtype);
        Assert.Equal(24, zeros(2, 3, 4).numel());
        Assert.Equal(3, zeros(2, 3, 4).ndim);
        Assert.Equal(4, zeros(1).element_size());
    }

    [Fact]
    public void RangesAreIntegersWhenTheirEndsAre()
    {
        Assert.Equal(ScalarType.Int64, arange(5).dtype);
        Assert.Equal(ScalarType.Float32, arange(0, 1, 0.25).dtype);
        Assert.Equal([0L, 2L, 4L], arange(0, 6, 2).data<long>().ToArray());
        Assert.Equal([0f, 0.5f, 1f], linspace(0, 1, 3).data<float>().ToArray());
        Assert.Equal([1f, 0f, 0f, 1f], eye(2).data<float>().ToArray());
    }

    [Fact]
    public void FromArrays()
    {
        Assert.Equal([2L, 2L], tensor(new float[,] { { 1, 2 }, { 3, 4 } }).shape);
        Assert.Equal([3f, 4f], tensor(new float[,] { { 1, 2 }, { 3, 4 } })[1].data<float>().ToArray());
        Assert.Equal([2L, 1L], tensor(new long[] { 5, 6 }, new long[] { 2, 1 }).shape);
        Assert.Equal([2L, 2L], tensor(new List<float> { 1, 2, 3, 4 }, 2, 2).shape);
        Assert.Equal(ScalarType.Float64, tensor(new[] { 1f }, dtype: float64).dtype);
        Assert.Throws<ArgumentException>(() => tensor(new float[] { 1, 2 }, new long[] { 3 }));
    }

    [Fact]
    public void TensorCopiesAnArrayAndFromArrayDoesNot()
    {
        float[] source = [1, 2];
        Tensor copy = tensor(source), shared = from_array(source);
        source[0] = 9;
        Assert.Equal(1f, copy[0].item<float>());
        Assert.Equal(9f, shared[0].item<float>());
        shared[1] = tensor(5f);
        Assert.Equal(5f, source[1]);
    }

    [Fact]
    public void SharedArraysOutliveTheCollector()
    {
        Tensor shared = Make();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(3f, shared.sum().item<float>());
        static Tensor Make() => from_array(new float[] { 1, 2 }).alias();
    }

    [Fact]
    public void LikeTakesTypeAndShape()
    {
        Tensor model = ones(2, 3, dtype: float64);
        foreach (Tensor like in new[] { zeros_like(model), model.ones_like(), randn_like(model), full_like(model, 2), empty_like(model) })
        {
            Assert.Equal(model.shape, like.shape);
            Assert.Equal(ScalarType.Float64, like.dtype);
        }
        Assert.Equal(ScalarType.Float32, model.zeros_like(dtype: float32).dtype);
        Assert.Equal(12.0, full_like(model, 2).sum().item<double>());
    }

    [Fact]
    public void NumbersBecomeTensors()
    {
        Assert.Equal(ScalarType.Float32, ((Tensor)1.5f).dtype);
        Assert.Equal(ScalarType.Float64, ((Tensor)1.5).dtype);
        Assert.Equal(ScalarType.Int32, ((Tensor)3).dtype);
        Assert.Equal(ScalarType.Int64, 3L.ToTensor().dtype);
        Assert.Empty(2.5f.ToTensor().shape);
        Assert.Equal([3L], ((Tensor)new[] { 1f, 2f, 3f }).shape);
        Assert.Equal(1.5f, (float)tensor(1.5f));
        Assert.Equal(7, (int)tensor(7L));
        Assert.Equal(0.5, tensor(0.5f).ToDouble());
        Assert.Equal(3L, tensor(3).ToScalar().ToInt64());
    }

    [Fact]
    public void RequiresGradFromTheStart()
    {
        Assert.True(ones(1, requires_grad: true).requires_grad);
        Assert.True(tensor(1f, requires_grad: true).is_leaf);
        Assert.True(randn(2, requires_grad: true).requires_grad);
        Assert.False(ones(1).requires_grad);
    }

    [Fact]
    public void TheDefaultTypeCanBeChanged()
    {
        set_default_dtype(float64);
        try
        {
            Assert.Equal(ScalarType.Float64, zeros(1).dtype);
        }
        finally
        {
            set_default_dtype(float32);
        }
        Assert.Equal(ScalarType.Float32, zeros(1).dtype);
    }
}
