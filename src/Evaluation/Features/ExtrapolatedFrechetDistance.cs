using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// The Fréchet distance that infinitely many samples would have: distances of all samples, and the mean ones of halves, thirds, quarters and fifths, lie on a
/// line over 1 / samples, whose value at 0 this is. Unlike the distance itself it may be compared between evaluations of different sizes, and two sets from one
/// distribution are near 0, also below.
/// </summary>
internal static class ExtrapolatedFrechetDistance
{
    /// <summary>Why sets are too small; null where they are not.</summary>
    public static string? TooFew(FeatureComparison input)
    {
        const int FewestRowsPerColumn = 20; // below it the bias is no straight line over 1 / samples
        int needed = FewestRowsPerColumn * input.Real.Columns, fewest = FeatureNeeds.Fewest(input);
        return fewest >= needed ? null : $"{input.Real.Columns} features need at least {needed} samples on each side, and one has {fewest}";
    }

    /// <summary>The distance that the line has at 0.</summary>
    public static IEnumerable<Measurement> Measure(FeatureComparison input, string purpose)
    {
        const int MostParts = 5;
        int rows = FeatureNeeds.Fewest(input);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        (Tensor a, Tensor b) = FrechetDistance.Centred(input.Generated.Shuffled(input.Seed, purpose), input.Real.Shuffled(input.Seed, purpose));
        double[] inverse = new double[MostParts], distance = new double[MostParts];
        for (int parts = 1; parts <= MostParts; parts++)
        {
            int size = rows / parts;
            inverse[parts - 1] = 1.0 / size;
            distance[parts - 1] = Enumerable.Range(0, parts).Average(p => FrechetDistance.Between(Part(a, p, size), Part(b, p, size)));
        }
        return [new(AtZero(inverse, distance), $"{input.Sizes}, parts of {rows / MostParts} to {rows}")];
    }

    private static GaussianMoments Part(Tensor rows, int part, int size) => GaussianMoments.Of(rows.narrow(0, (long)part * size, size));

    /// <summary>Where the least-squares line through the points meets x = 0.</summary>
    private static double AtZero(double[] x, double[] y)
    {
        double meanX = x.Average(), meanY = y.Average();
        double slope = x.Zip(y, (u, v) => (u - meanX) * (v - meanY)).Sum() / x.Sum(u => (u - meanX) * (u - meanX));
        return meanY - slope * meanX;
    }
}
