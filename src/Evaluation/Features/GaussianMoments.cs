using GanPipeline.Training;
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
    public static GaussianMoments Of(Tensor rows)
    {
        long count = rows.shape[0];
        if (count < 2) throw new UserErrorException($"a Fréchet distance needs at least 2 samples on each side, but one has {count}; generate more.");
        using DisposeScope scope = NewDisposeScope();
        Tensor values = rows.to_type(float64), mean = values.mean([0]), centred = values - mean;
        Tensor covariance = centred.t().mm(centred).Over(count - 1);
        return new GaussianMoments(mean.MoveToOuterDisposeScope(), covariance.MoveToOuterDisposeScope());
    }
}
