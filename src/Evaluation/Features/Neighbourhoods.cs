using GanPipeline.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Which samples of one set lie among those of the other, for the four metrics that ask that: a sample's neighbourhood is the ball to its k-th nearest sample
/// of the same set, k = 3 for precision and recall and 5 for density and coverage, as in the papers.
/// </summary>
/// <param name="GeneratedInReal">[generated] 1 where the sample is in the neighbourhood (k = 3) of a real one.</param>
/// <param name="RealInGenerated">[real] 1 where the sample is in the neighbourhood (k = 3) of a generated one.</param>
/// <param name="RealAround">[generated] the number of real samples whose neighbourhood (k = 5) it is in.</param>
/// <param name="RealCovered">[real] 1 where a generated sample is in its neighbourhood (k = 5).</param>
internal sealed record Neighbourhoods(double[] GeneratedInReal, double[] RealInGenerated, double[] RealAround, double[] RealCovered)
{
    /// <summary>k of precision and recall.</summary>
    public const int Manifold = 3;

    /// <summary>k of density and coverage.</summary>
    public const int Ball = 5;

    public static string? Obstacle(FeatureComparison sets)
    {
        int fewest = Math.Min(sets.Generated.Count, sets.Real.Count);
        return fewest > Ball ? null : $"it needs more than {Ball} samples on each side, and one has {fewest}";
    }

    public static Neighbourhoods Of(FeatureComparison sets)
    {
        if (Obstacle(sets) is { } reason) throw new UserErrorException($"there are no neighbourhoods: {reason}; generate more.");
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        (Tensor generated, Tensor real) = Distances.Centred(sets.Generated, sets.Real);
        Tensor[] realRadii = Distances.SquaredRadii(real, Manifold, Ball);
        Tensor generatedRadii = Distances.SquaredRadii(generated, Manifold)[0].unsqueeze(1);
        Tensor realManifold = realRadii[0].unsqueeze(0), realBall = realRadii[1].unsqueeze(0);
        Tensor precise = empty([generated.shape[0]], float64), around = empty([generated.shape[0]], float64);
        Tensor recalled = zeros([real.shape[0]], @bool), nearest = full([real.shape[0]], Held.Infinity);
        Distances.ForEachBlock(generated, real, (first, distances) =>
        {
            long rows = distances.shape[0];
            precise.narrow(0, first, rows).copy_(distances.le(realManifold).any(1));
            around.narrow(0, first, rows).copy_(distances.le(realBall).sum(1));
            recalled.copy_(recalled.logical_or(distances.le(generatedRadii.narrow(0, first, rows)).any(0)));
            nearest.copy_(nearest.minimum(distances.amin(0)));
        });
        return new Neighbourhoods(Numbers(precise), Numbers(recalled), Numbers(around), Numbers(nearest.le(realRadii[1])));
    }

    /// <summary>
    /// [real] the squared radii of the neighbourhoods of coverage (k = 5): what can be kept where many sets are compared with the same real one.
    /// </summary>
    public static float[] Balls(FeatureSet real)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        return Distances.SquaredRadii(Distances.Centred(real, real).B, Ball)[0].contiguous().data<float>().ToArray();
    }

    /// <summary>Share of the real samples whose neighbourhood holds a generated one, by the radii that <see cref="Balls"/> found.</summary>
    public static double Covered(FeatureSet generated, FeatureSet real, float[] balls)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        (Tensor centredGenerated, Tensor centredReal) = Distances.Centred(generated, real);
        Tensor nearest = full([real.Count], Held.Infinity);
        Distances.ForEachBlock(centredGenerated, centredReal, (_, distances) => nearest.copy_(nearest.minimum(distances.amin(0))));
        return nearest.le(tensor(balls)).to_type(float64).mean().item<double>();
    }

    private static double[] Numbers(Tensor tensor) => tensor.to_type(float64).data<double>().ToArray();
}
