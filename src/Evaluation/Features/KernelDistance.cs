using GanPipeline.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Kernel distance: the squared maximum mean discrepancy with the kernel (x·y / D + 1)³, by its unbiased estimator, so that its mean does not depend on the
/// number of samples and two sets from one distribution are around 0, also below. The samples are dealt out at random to 20 blocks, whose mean it is; the
/// interval comes from the blocks. It has the paper's name "KID" in Inception features alone.
/// </summary>
internal static class KernelDistance
{
    /// <summary>Blocks, of two samples of each side at least.</summary>
    public const int Blocks = 20;

    /// <summary>The mean over the blocks.</summary>
    public static IEnumerable<Measurement> Measure(FeatureComparison input, string purpose)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor a = input.Generated.Shuffled(input.Seed, purpose).ToTensor().to_type(float64);
        Tensor b = input.Real.Shuffled(input.Seed, purpose).ToTensor().to_type(float64);
        double[] blocks = [.. Enumerable.Range(0, Blocks).Select(i => Squared(Block(a, i), Block(b, i)))];
        return [Measurement.Mean(blocks, $"{input.Sizes}, {Blocks} blocks")];
    }

    /// <summary>The unbiased squared discrepancy of two whole sets.</summary>
    /// <exception cref="UserErrorException">A set has fewer than two rows.</exception>
    public static double Between(FeatureSet a, FeatureSet b)
    {
        if (a.Columns != b.Columns)
            throw new ArgumentException($"the sets have {a.Columns} and {b.Columns} features; a distance needs the features of one classifier.");
        if (Math.Min(a.Count, b.Count) < 2) throw new UserErrorException("a kernel distance needs at least 2 samples on each side; generate more.");
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        return Squared(a.ToTensor().to_type(float64), b.ToTensor().to_type(float64));
    }

    private static Tensor Block(Tensor rows, int block) => rows.narrow(0, block * (rows.shape[0] / Blocks), rows.shape[0] / Blocks);

    private static double Squared(Tensor a, Tensor b)
    {
        using DisposeScope scope = NewDisposeScope();
        return (WithoutDiagonal(a).Plus(WithoutDiagonal(b)) - Kernel(a, b).mean() * Held.Two).item<double>();
    }

    private static Tensor WithoutDiagonal(Tensor rows)
    {
        long count = rows.shape[0];
        Tensor kernel = Kernel(rows, rows);
        return (kernel.sum() - kernel.trace()).Over(count * (count - 1));
    }

    private static Tensor Kernel(Tensor a, Tensor b) => a.mm(b.t()).Over(a.shape[1]).Plus(1).Power(3);
}
