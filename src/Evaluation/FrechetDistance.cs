using System.Runtime.InteropServices;
using GanPipeline.Primitives;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation;

/// <summary>
/// Fréchet distance between the Gaussians fitted to two sets of feature vectors (Heusel et al. 2017, "GANs trained by a two time-scale update rule
/// converge to a local Nash equilibrium", equation 6): |μa - μb|² + tr(A + B - 2 (A B)^½). In a judge's features it ranks generators on one data set; it
/// is not comparable with values in the features of another network. Covariances are unbiased; the distance itself is biased upwards, less so with more
/// rows, so compare values of equal numbers of rows.
/// </summary>
public static class FrechetDistance
{
    /// <summary>The distance (squared, as in the paper) between two sets of feature vectors.</summary>
    /// <param name="a">[N, D] features, N at least 2.</param>
    /// <param name="b">[M, D] features, M at least 2.</param>
    /// <returns>0 for equal means and covariances, larger the more they differ; in squared units of the features.</returns>
    /// <exception cref="UserErrorException">A feature is not finite, or a set has fewer than two rows.</exception>
    /// <exception cref="ArgumentException">The two sets have different numbers of features.</exception>
    public static double Between(float[,] a, float[,] b)
    {
        if (a.GetLength(1) != b.GetLength(1))
            throw new ArgumentException($"the sets have {a.GetLength(1)} and {b.GetLength(1)} features; a distance needs the features of one judge.");
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        (Tensor meanA, Tensor covarianceA) = Moments(a);
        (Tensor meanB, Tensor covarianceB) = Moments(b);
        // (A B)^½ has the trace of (A^½ B A^½)^½, which is symmetric: its eigenvalues are real and stable to compute, where those of A B are not.
        (Tensor values, Tensor vectors) = linalg.eigh(covarianceA);
        Tensor root = vectors.mul(values.clamp(min: 0).sqrt()).mm(vectors.t());
        Tensor product = root.mm(covarianceB).mm(root);
        Tensor crossTerm = linalg.eigvalsh((product + product.t()) / 2).clamp(min: 0).sqrt().sum();
        double distance = ((meanA - meanB).square().sum() + covarianceA.trace() + covarianceB.trace() - 2 * crossTerm).item<double>();
        return Math.Max(0, distance); // rounding can leave equal sets a hair below
    }

    private static (Tensor Mean, Tensor Covariance) Moments(float[,] features)
    {
        int rows = features.GetLength(0), columns = features.GetLength(1);
        if (rows < 2) throw new UserErrorException($"a Fréchet distance needs at least 2 samples on each side, but one has {rows}; generate more.");
        float[] flat = MemoryMarshal.CreateReadOnlySpan(ref features[0, 0], features.Length).ToArray();
        Tensor values = tensor(flat, [rows, columns]).to_type(float64), mean = values.mean([0]), centred = values - mean;
        Tensor covariance = centred.t().mm(centred) / (rows - 1);
        if (!double.IsFinite(covariance.sum().item<double>()))
            throw new UserErrorException("a feature is not a finite number, so there is no Fréchet distance; the samples may come from a diverged run.");
        return (mean, covariance);
    }
}
