using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.TorchSharpFacts.Tests.Core;

public class ShapeTests
{
    private static readonly Tensor s_grid = arange(12).reshape(3, 4);

    private static long[] Values(Tensor t) => t.data<long>().ToArray();

    [Fact]
    public void ViewsShareMemory()
    {
        Tensor x = zeros(2, 3);
        x.view(6)[0] = tensor(5f);
        x[1].fill_(1);
        x.narrow(1, 2, 1).add_(10);
        Assert.Equal([5f, 0f, 10f, 1f, 1f, 11f], x.data<float>().ToArray());
    }

    [Fact]
    public void Reshaping()
    {
        Tensor x = zeros(2, 3, 4);
        Assert.Equal([6L, 4L], x.view(-1, 4).shape);
        Assert.Equal([2L, 12L], x.flatten(1).shape);
        Assert.Equal([24L], x.flatten().shape);
        Assert.Equal([2L, 3L, 2L, 2L], x.unflatten(2, 2, 2).shape);
        Assert.Equal([2L, 1L, 3L, 4L], x.unsqueeze(1).shape);
        Assert.Equal([2L, 3L, 4L], x.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([2L], ones(1, 2, 1).squeeze().shape);
        Assert.Equal([4L, 2L, 3L], x.permute(2, 0, 1).shape);
        Assert.Equal([2L, 4L, 3L], x.transpose(1, 2).shape);
        Assert.Equal([5L, 2L], ones(1, 2).expand(5, 2).shape);
        Assert.Equal([2L, 4L], ones(1, 2).repeat(2, 2).shape);
        Assert.Equal([12L, 4L, 1L], x.stride());
        Assert.Equal(3, x.size(1));
        Assert.Equal(4, x.size(-1));
        Assert.False(x.transpose(1, 2).is_contiguous());
        Assert.True(x.transpose(1, 2).contiguous().is_contiguous());
    }

    [Fact]
    public void JoiningAndSplitting()
    {
        Tensor a = ones(2, 3), b = zeros(1, 3);
        Assert.Equal([3L, 3L], cat([a, b]).shape);
        Assert.Equal([2L, 2L, 3L], stack([a, a]).shape);
        Assert.Equal([2L, 3L, 2L], stack([a, a], -1).shape);
        Assert.Equal([[2L, 4L], [1L, 4L]], s_grid.split(2).Select(t => t.shape));
        Assert.Equal([[3L, 1L], [3L, 3L]], s_grid.split(new long[] { 1, 3 }, 1).Select(t => t.shape));
        Assert.Equal(2, s_grid.chunk(2, 1).Length);
        Assert.Equal(3, s_grid.unbind().Length);
        Assert.Equal(40, ones(40).unbind().Length); // more than a handful at once
    }

    /// <summary>Where TorchSharp is not PyTorch.</summary>
    [Fact]
    public void Surprises()
    {
        Tensor x = zeros(2, 2);
        cat([x]).fill_(1);
        Assert.Equal(4f, x.sum().item<float>()); // one tensor is not copied
        Assert.Throws<ArgumentException>(() => x.unflatten(-1, 1, 2)); // no dimensions from the end
        Assert.Equal([2L, 3L, 0L, 1L], Values(arange(4).reshape(2, 2).roll(new long[] { 1 }))); // along the first dimension, not flattened
        Assert.Empty(zeros(0).data<float>().ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => zeros(0, 2).data<float>().ToArray());
    }

    [Fact]
    public void Indexing()
    {
        Assert.Equal(6L, s_grid[1, 2].item<long>());
        Assert.Equal([4L, 5L, 6L, 7L], Values(s_grid[1]));
        Assert.Equal([8L, 9L, 10L, 11L], Values(s_grid[-1]));
        Assert.Equal([2L, 6L, 10L], Values(s_grid[TensorIndex.Colon, 2]));
        Assert.Equal([3L, 7L, 11L], Values(s_grid[TensorIndex.Ellipsis, 3]));
        Assert.Equal([1L, 2L, 5L, 6L], Values(s_grid[..2, 1..3]));
        Assert.Equal([0L, 2L], Values(s_grid[0, TensorIndex.Slice(null, null, 2)]));
        Assert.Equal([3L, 1L, 4L], s_grid[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([8L, 9L, 10L, 11L, 0L, 1L, 2L, 3L], Values(s_grid[tensor(new long[] { 2, 0 })]));
        Assert.Equal([1L, 9L], Values(s_grid[TensorIndex.Colon, 1][tensor(new[] { true, false, true })]));
        Assert.Equal([10L, 11L], Values(s_grid[s_grid > 9]));
        Assert.Equal([2L, 10L], Values(s_grid[TensorIndex.Tensor(tensor(new long[] { 0, 2 })), 2]));
    }

    [Fact]
    public void AssigningToAnIndex()
    {
        Tensor x = zeros(3, 3, dtype: int64);
        x[0, 1] = tensor(5L);
        x[1] = ones(3, dtype: int64);
        x[TensorIndex.Colon, 2] = tensor(new long[] { 7, 8, 9 });
        x[x == 0] = tensor(-1L);
        x[tensor(new long[] { 2 }), tensor(new long[] { 0 })] = tensor(4L);
        Assert.Equal([-1L, 5L, 7L, 1L, 1L, 8L, 4L, -1L, 9L], Values(x));
    }

    [Fact]
    public void GatheringAndScattering()
    {
        Tensor index = tensor(new long[] { 1, 3, 0 });
        Assert.Equal([1L, 7L, 8L], Values(s_grid.gather(1, index.unsqueeze(1))));
        Assert.Equal([4L, 5L, 6L, 7L], Values(s_grid.index_select(0, tensor(new long[] { 1 }))));
        Tensor hot = zeros(3, 4).scatter_(1, index.unsqueeze(1), ones(3, 1));
        Assert.Equal([0f, 1f, 0f, 0f, 0f, 0f, 0f, 1f, 1f, 0f, 0f, 0f], hot.data<float>().ToArray());
        Assert.Equal([0f, 2f], zeros(2).index_add(0, tensor(new long[] { 1, 1 }), ones(2), 1).data<float>().ToArray());
        Assert.Equal([-1L, 1L], Values(arange(2).masked_fill(tensor(new[] { true, false }), -1)));
    }

    [Fact]
    public void ElementsAreInTheOrderOfTheShapeWhateverTheStrides()
    {
        Tensor turned = s_grid.t();
        Assert.Equal([0L, 4L, 8L, 1L, 5L, 9L, 2L, 6L, 10L, 3L, 7L, 11L], Values(turned));
        Assert.Equal(4L, turned.data<long>()[1]);
        Assert.Equal(9L, turned.data<long>()[1, 2]);
        Assert.Equal([1L, 5L, 9L], Values(s_grid[TensorIndex.Colon, 1]));
        Assert.Throws<InvalidOperationException>(() => turned.bytes.Length);
        Assert.Equal(12 * 8, s_grid.bytes.Length);
    }
}
