using GanPipeline.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Rows dealt out to groups whose moments are kept, so that drawing again costs next to nothing: groups are drawn with replacement instead of rows, which
/// spreads a statistic of moments alike as long as the rows are in random order.
/// </summary>
/// <param name="Sums">[groups, D] sums of the rows.</param>
/// <param name="Products">[groups, D · D] sums of the rows' outer products.</param>
/// <param name="Size">Rows in each group.</param>
internal sealed record MomentGroups(Tensor Sums, Tensor Products, long Size)
{
    private const int Most = 100;

    /// <summary>Groups of rows in random order, left to the caller's dispose scope; rows that fill no group are left out.</summary>
    public static MomentGroups Of(Tensor rows)
    {
        using DisposeScope scope = NewDisposeScope();
        long groups = Math.Min(Most, rows.shape[0]), size = rows.shape[0] / groups, columns = rows.shape[1];
        Tensor grouped = rows.narrow(0, 0, groups * size).to_type(float64).reshape(groups, size, columns);
        Tensor products = grouped.transpose(1, 2).matmul(grouped).reshape(groups, columns * columns);
        return new MomentGroups(grouped.sum([1L]).MoveToOuterDisposeScope(), products.MoveToOuterDisposeScope(), size);
    }

    /// <summary>The moments of groups drawn again, left to the caller's dispose scope.</summary>
    public GaussianMoments Again(RandomStream random)
    {
        using DisposeScope scope = NewDisposeScope();
        long groups = Sums.shape[0], columns = Sums.shape[1], count = groups * Size;
        double[] weights = new double[groups];
        for (int i = 0; i < groups; i++) weights[random.Next((int)groups)]++;
        Tensor drawn = tensor(weights, [1, groups]);
        Tensor mean = drawn.mm(Sums).Over(count); // [1, D]
        Tensor covariance = (drawn.mm(Products).reshape(columns, columns) - mean.t().mm(mean).Times(count)).Over(count - 1);
        return new GaussianMoments(mean.squeeze(0).MoveToOuterDisposeScope(), covariance.MoveToOuterDisposeScope());
    }
}
