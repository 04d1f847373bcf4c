using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Resampling;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// A classifier trained to tell two sets apart on half of each, and what it predicts for the other half (Lopez-Paz and Oquab 2017, "Revisiting classifier
/// two-sample tests").
/// </summary>
internal static class TellingApart
{
    private const int Fewest = 20;
    private static readonly string[] Sides = ["one", "other"];

    public static string? Obstacle(int a, int b) => Math.Min(a, b) >= Fewest ? null
        : $"it needs at least {Fewest} samples on each side, and one has {Math.Min(a, b)}";

    /// <summary>1 where it predicts rightly which set a row is of, for as many rows of each set.</summary>
    public static double[] Hits(FeatureSet a, FeatureSet b, ulong seed)
    {
        int half = Math.Min(a.Count, b.Count) / 2;
        (a, b) = (a.Shuffled(seed, "telling apart a", 2 * half), b.Shuffled(seed, "telling apart b", 2 * half));
        FeatureSet train = Together(0), test = Together(1);
        using IFittedClassifier classifier = BoostedTrees.Default.Fit(train.ToRows(Sides), null, seed, default);
        return [.. classifier.Predict(test.Values, Sides.Length).Zip(test.Labels!, (p, l) => p == l ? 1.0 : 0)];

        FeatureSet Together(int from)
        {
            int[] places = [.. Enumerable.Range(from * half, half)];
            long[] labels = new long[2 * half];
            labels.AsSpan(half).Fill(1);
            return new FeatureSet([.. a.Pick(places).Values, .. b.Pick(places).Values], a.Columns, labels);
        }
    }
}
