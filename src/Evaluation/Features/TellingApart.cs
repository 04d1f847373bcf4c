using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Resampling;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// A classifier trained to tell two sets apart on half of each, and what it predicts for the other half (Lopez-Paz and Oquab 2017, "Revisiting classifier
/// two-sample tests").
/// </summary>
internal static class TellingApart
{
    /// <summary>Samples of each side that it needs.</summary>
    public const int Fewest = 20;

    private static readonly string[] Sides = ["one", "other"];

    public static string? Obstacle(int a, int b) => Math.Min(a, b) >= Fewest ? null
        : $"it needs at least {Fewest} samples on each side, and one has {Math.Min(a, b)}";

    /// <summary>
    /// The share of rows for which it predicts rightly which set they are of: 0.5 where the two cannot be told apart, 1 where they always can.
    /// </summary>
    /// <param name="a">One set.</param>
    /// <param name="b">The other.</param>
    /// <param name="seed">Seed of the evaluation.</param>
    /// <param name="things">What the rows are called.</param>
    /// <param name="space">The end of the sentence that says what was measured.</param>
    public static Measurement Measure(FeatureSet a, FeatureSet b, ulong seed, string things, string space = "")
    {
        double[] hits = Hits(a, b, seed);
        return Measurement.Mean(hits, $"{hits.Length} {things}, half of each kind, and as many to train on{space}");
    }

    /// <summary>1 where it predicts rightly which set a row is of, for as many rows of each set.</summary>
    private static double[] Hits(FeatureSet a, FeatureSet b, ulong seed)
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
