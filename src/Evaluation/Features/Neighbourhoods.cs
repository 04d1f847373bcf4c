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
        (int generated, int real) = (sets.Generated.Count, sets.Real.Count);
        float[][] realRadii = Distances.SquaredRadii(sets.Real, Manifold, Ball);
        float[] manifold = realRadii[0], ball = realRadii[1], generatedManifold = Distances.SquaredRadii(sets.Generated, Manifold)[0];
        double[] precise = new double[generated], around = new double[generated], recalled = new double[real];
        float[] nearest = Enumerable.Repeat(float.PositiveInfinity, real).ToArray();
        var byReal = new Lock(); // the arrays that all rows change
        Distances.ForEach(sets.Generated, sets.Real, (row, distances) =>
        {
            int balls = 0;
            bool inside = false;
            for (int i = 0; i < distances.Length; i++)
            {
                inside |= distances[i] <= manifold[i];
                balls += distances[i] <= ball[i] ? 1 : 0;
            }
            (precise[row], around[row]) = (inside ? 1 : 0, balls);
            float radius = generatedManifold[row];
            lock (byReal)
            {
                TakeNearer(nearest, distances);
                for (int i = 0; i < distances.Length; i++)
                    if (distances[i] <= radius) recalled[i] = 1;
            }
        });
        return new Neighbourhoods(precise, recalled, around, [.. nearest.Zip(ball, (distance, radius) => distance <= radius ? 1.0 : 0)]);
    }

    /// <summary>
    /// [real] the squared radii of the neighbourhoods of coverage (k = 5): what can be kept where many sets are compared with the same real one.
    /// </summary>
    public static float[] Balls(FeatureSet real) => Distances.SquaredRadii(real, Ball)[0];

    /// <summary>Share of the real samples whose neighbourhood holds a generated one, by the radii that <see cref="Balls"/> found.</summary>
    public static double Covered(FeatureSet generated, FeatureSet real, float[] balls)
    {
        float[] nearest = Enumerable.Repeat(float.PositiveInfinity, real.Count).ToArray();
        var byReal = new Lock();
        Distances.ForEach(generated, real, (_, distances) =>
        {
            lock (byReal) TakeNearer(nearest, distances);
        });
        return nearest.Where((distance, i) => distance <= balls[i]).Count() / (double)real.Count;
    }

    private static void TakeNearer(float[] nearest, ReadOnlySpan<float> distances)
    {
        for (int i = 0; i < distances.Length; i++) nearest[i] = Math.Min(nearest[i], distances[i]);
    }
}
