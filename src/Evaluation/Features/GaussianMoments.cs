using GanPipeline.Primitives;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation.Features;

/// <summary>Mean and unbiased covariance of rows, in double precision.</summary>
/// <param name="Mean">[D].</param>
/// <param name="Covariance">[D, D].</param>
internal sealed record GaussianMoments(Tensor Mean, Tensor Covariance)
{
    /// <summary>The moments of rows, left to the caller's dispose scope.</summary>
    /// <param name="rows">[N, D] float32, N at least 2.</param>
    /// <param name="weights">[N] how often each row counts, N in all; null for once each.</param>
    public static GaussianMoments Of(Tensor rows, Tensor? weights = null)
    {
        long count = rows.shape[0];
        if (count < 2) throw new UserErrorException($"a Fréchet distance needs at least 2 samples on each side, but one has {count}; generate more.");
        using DisposeScope scope = NewDisposeScope();
        Tensor values = rows.to_type(float64), perRow = weights is null ? ones([count, 1], float64) : weights.to_type(float64).unsqueeze(1);
        Tensor mean = (values * perRow).sum([0L]) / count, centred = values - mean;
        Tensor covariance = (centred * perRow).t().mm(centred) / (count - 1);
        return new GaussianMoments(mean.MoveToOuterDisposeScope(), covariance.MoveToOuterDisposeScope());
    }
}
