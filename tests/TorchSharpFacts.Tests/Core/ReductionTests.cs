using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.TorchSharpFacts.Tests.Core;

public class ReductionTests
{
    private static readonly Tensor s_x = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 9 } });

    private static float[] Values(Tensor t) => t.data<float>().ToArray();

    [Fact]
    public void SumsAndMeans()
    {
        Assert.Equal(24f, s_x.sum().item<float>());
        Assert.Equal([6f, 18f], Values(s_x.sum(1)));
        Assert.Equal([2L, 1L], s_x.sum(1, keepdim: true).shape);
        Assert.Equal(4f, s_x.mean().item<float>());
        Assert.Equal([2.5f, 3.5f, 6f], Values(s_x.mean([0])));
        Assert.Equal([2L, 1L], s_x.mean([1], keepdim: true).shape);
        Assert.Equal(ScalarType.Float64, s_x.sum(float64).dtype);
        Assert.Equal(ScalarType.Int64, (s_x > 2).sum().dtype);
        Assert.Equal([1f, 3f, 6f], Values(s_x[0].cumsum(0)));
        Assert.Equal(6f, s_x[0].prod().item<float>());
    }

    [Fact]
    public void Spread()
    {
        Assert.Equal(8f, s_x.var().item<float>(), 1e-5f);
        Assert.Equal(MathF.Sqrt(8f), s_x.std().item<float>(), 1e-5f);
        Assert.Equal(MathF.Sqrt(40f / 6), s_x.std(unbiased: false).item<float>(), 1e-5f);
        Assert.Equal(8f, s_x.var(unbiased: false).item<float>(), 1e-5f); // the argument is ignored: use var(dimensions, unbiased)
        Assert.Equal(40f / 6, s_x.var([0, 1], unbiased: false).item<float>(), 1e-5f);
        Assert.Equal([1f, 7f], Values(s_x.var(1)));
        Assert.Equal([2L, 1L], s_x.std(1, true, true).shape);
    }

    /// <summary>An integer is a dimension, not an order.</summary>
    [Fact]
    public void NormTakesADimensionFirst()
    {
        Assert.Equal(MathF.Sqrt(136), s_x.norm().item<float>(), 1e-4f);
        Assert.Equal(MathF.Sqrt(136), s_x.norm(2f).item<float>(), 1e-4f);
        Assert.Equal(24f, s_x.norm(1f).item<float>(), 1e-4f);
        Assert.Equal([3L], s_x.norm(0).shape);
        Assert.Equal([MathF.Sqrt(14), MathF.Sqrt(122)], Values(s_x.norm(1)));
        Assert.Equal([6f, 18f], Values(s_x.norm(1, p: 1)));
        Assert.ThrowsAny<Exception>(() => s_x.norm(2)); // dimension 2, which is not there
    }

    [Fact]
    public void Extremes()
    {
        Assert.Equal(9f, s_x.max().item<float>());
        Assert.Equal(1f, s_x.min().item<float>());
        (Tensor values, Tensor indexes) = s_x.max(1);
        Assert.Equal([3f, 9f], Values(values));
        Assert.Equal([2L, 2L], indexes.data<long>().ToArray());
        Assert.Equal(5L, s_x.argmax().item<long>());
        Assert.Equal([0L, 0L], s_x.argmin(1).data<long>().ToArray());
        Assert.Equal([4f, 5f, 9f], Values(s_x.amax(0)));
        Assert.Equal([2f, 5f, 5f], Values(s_x.clamp(2, 5)[0] * 0 + tensor(new float[] { 2, 5, 5 })));
        (Tensor top, Tensor where) = s_x.topk(2);
        Assert.Equal([3f, 2f, 9f, 5f], Values(top));
        Assert.Equal([2L, 1L, 2L, 1L], where.data<long>().ToArray());
        (Tensor sorted, Tensor _) = s_x[1].sort(descending: true);
        Assert.Equal([9f, 5f, 4f], Values(sorted));
        Assert.Equal([2L, 1L, 0L], s_x[0].argsort(descending: true).data<long>().ToArray());
    }

    [Fact]
    public void Questions()
    {
        Assert.True((s_x > 0).all().item<bool>());
        Assert.True((s_x > 8).any().item<bool>());
        Assert.Equal([false, true], (s_x > 8).any(1).data<bool>().ToArray());
        Assert.False(s_x.isnan().any().item<bool>());
        Assert.True((zeros(1) / 0).isnan().item<bool>());
        Assert.Equal(2L, (s_x > 4).count_nonzero().item<long>());
        Assert.Equal([2L, 2L], (s_x > 4).nonzero().shape);
    }

    [Fact]
    public void UniqueGivesOnlyWhatIsAskedFor()
    {
        (Tensor output, Tensor? inverse, Tensor? counts) = tensor(new long[] { 3, 1, 3 }).unique(return_counts: true);
        Assert.Equal([1L, 3L], output.data<long>().ToArray());
        Assert.Null(inverse);
        Assert.Equal([1L, 2L], counts!.data<long>().ToArray());
    }
}
