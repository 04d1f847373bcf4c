namespace GanPipeline.Evaluation.Features;

/// <summary>
/// A classifier that learns to tell two sets apart from half of each, and what it makes of the other half (Lopez-Paz and Oquab 2017, "Revisiting classifier
/// two-sample tests").
/// </summary>
internal static class TellingApart
{
    private const int Fewest = 20, Passes = 30, FewestSteps = 100, MostSteps = 1500;

    public static string? Obstacle(int a, int b) => Math.Min(a, b) >= Fewest ? null
        : $"it needs at least {Fewest} samples on each side, and one has {Math.Min(a, b)}";

    /// <summary>1 where it says rightly which set a row is of, for as many rows of each set.</summary>
    public static double[] Hits(FeatureSet a, FeatureSet b, ulong seed)
    {
        int half = Math.Min(a.Count, b.Count) / 2;
        (a, b) = (a.Shuffled(seed, "telling apart a", 2 * half), b.Shuffled(seed, "telling apart b", 2 * half));
        FeatureSet learn = Together(0), test = Together(1);
        using VectorClassifier classifier = VectorClassifier.Train(learn.Values, learn.Columns, learn.Labels, 2,
            new VectorClassifierOptions { Seed = seed, Steps = Math.Clamp(Passes * learn.Count / 128, FewestSteps, MostSteps) });
        return [.. classifier.Predict(test.Values).Zip(test.Labels!, (p, l) => p == l ? 1.0 : 0)];

        FeatureSet Together(int from)
        {
            int[] places = [.. Enumerable.Range(from * half, half)];
            long[] labels = new long[2 * half];
            labels.AsSpan(half).Fill(1);
            return new FeatureSet([.. a.Pick(places).Values, .. b.Pick(places).Values], a.Columns, labels);
        }
    }
}
