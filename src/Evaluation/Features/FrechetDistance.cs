using GanPipeline.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Fréchet distance between the Gaussians fitted to two sets of feature vectors: |μa - μb|² + tr(A + B - 2 (A B)^½). In a classifier's features it ranks
/// generators on one data set; it is not comparable with values in the features of another network, and "FID" is the name for those of Inception alone.
/// Covariances are unbiased; the distance itself is biased upwards, less so with more rows, so compare values of equal numbers of rows. The interval is the
/// spread that the drawing of so many rows brings; it does not remove that bias.
/// </summary>
internal static class FrechetDistance
{
    private const int Replicates = 40;

    /// <summary>Above so many features a replicate costs seconds, and there is no interval.</summary>
    private const int MostColumnsForInterval = 256;

    /// <summary>The distance, with an interval of groups of rows that are drawn again.</summary>
    public static IEnumerable<Measurement> Measure(FeatureComparison input, string purpose)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        (Tensor a, Tensor b) = Centred(input.Generated.Shuffled(input.Seed, purpose), input.Real.Shuffled(input.Seed, purpose));
        double value = Between(GaussianMoments.Of(a), GaussianMoments.Of(b));
        if (input.Real.Columns > MostColumnsForInterval) return [new(value, input.Sizes)];
        RandomStream random = Bootstrap.Stream(input.Seed, purpose);
        (MomentGroups ofA, MomentGroups ofB) = (MomentGroups.Of(a), MomentGroups.Of(b));
        double[] replicates = new double[Replicates];
        for (int i = 0; i < Replicates; i++)
        {
            using DisposeScope replicate = NewDisposeScope();
            replicates[i] = Between(ofA.Again(random), ofB.Again(random));
        }
        return [new(value, input.Sizes) { Interval = (_, _) => Bootstrap.Normal(value, replicates, double.PositiveInfinity) }];
    }

    /// <summary>The distance (squared, as in the paper) between two sets of feature vectors.</summary>
    /// <returns>0 for equal means and covariances, larger the more they differ; in squared units of the features.</returns>
    /// <exception cref="UserErrorException">A set has fewer than two rows.</exception>
    /// <exception cref="ArgumentException">The two sets have different numbers of features.</exception>
    public static double Between(FeatureSet a, FeatureSet b)
    {
        if (a.Columns != b.Columns)
            throw new ArgumentException($"the sets have {a.Columns} and {b.Columns} features; a distance needs the features of one classifier.");
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        return Between(GaussianMoments.Of(a.ToTensor()), GaussianMoments.Of(b.ToTensor()));
    }

    /// <summary>The distance between two Gaussians.</summary>
    internal static double Between(GaussianMoments a, GaussianMoments b)
    {
        using DisposeScope scope = NewDisposeScope();
        // (A B)^½ has the trace of (A^½ B A^½)^½, which is symmetric: its eigenvalues are real and stable to compute, where those of A B are not.
        (Tensor values, Tensor vectors) = linalg.eigh(a.Covariance);
        Tensor root = vectors.mul(values.clamp(min: Held.Zero).sqrt()).mm(vectors.t());
        Tensor product = root.mm(b.Covariance).mm(root);
        Tensor crossTerm = linalg.eigvalsh(product.Plus(product.t()) / Held.Two).clamp(min: Held.Zero).sqrt().sum();
        double distance = ((a.Mean - b.Mean).Squared().sum().Plus(a.Covariance.trace()).Plus(b.Covariance.trace()) - crossTerm * Held.Two).item<double>();
        return Math.Max(0, distance); // rounding can leave equal sets a hair below
    }

    /// <summary>
    /// Both sets less the mean of the second, which leaves distances as they are and keeps their small differences; left to the caller's scope.
    /// </summary>
    internal static (Tensor A, Tensor B) Centred(FeatureSet a, FeatureSet b)
    {
        Tensor second = b.ToTensor(), mean = second.mean([0]);
        return (a.ToTensor() - mean, second - mean);
    }
}
