using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Primitives;
using GanPipeline.Resampling;

namespace GanPipeline.MlNet;

/// <summary>Evaluates added rows by the real ones: are they of their class, and are they new?</summary>
internal static class AddedRowsEvaluation
{
    /// <summary>
    /// Rows of a class that the classifier is trained on, and added rows that it classifies: enough for a figure of two digits, whatever the size of the data.
    /// </summary>
    private const int RowsOfClass = 5000;

    internal static UpsampledClass[] Evaluate(VectorRows rows, GeneratedFeatures added, IReadOnlyList<UpsampledClass> classes, ulong seed)
    {
        float[][] real = rows.ReadFeatures(_ => true);
        double?[] accuracy = classes.Count > 1 ? Accuracies(real, rows.FeatureCount, added, classes, seed) : new double?[classes.Count];
        return [.. classes.Select((c, i) => c.Added == 0 ? c
            : c with { Duplicates = CountDuplicates(real[i], rows.FeatureCount, added, i), ClassAccuracy = accuracy[i] })];
    }

    /// <summary>The share of each class's added rows that a classifier of the real rows takes for rows of that class.</summary>
    private static double?[] Accuracies(float[][] real, int columns, GeneratedFeatures added, IReadOnlyList<UpsampledClass> classes, ulong seed)
    {
        // Every class alike often: a classifier that knows how rare a class is would not recognise it.
        int each = (int)Math.Clamp(Array.MaxLength / ((long)classes.Count * columns), 1, Math.Min(RowsOfClass, classes.Max(c => c.Before)));
        var values = new float[(long)each * classes.Count * columns];
        var labels = new long[each * classes.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            int c = i % classes.Count;
            int row = each == classes[c].Before ? i / classes.Count : (int)(SeedStream.Derive(seed, "judge", (ulong)i) % (ulong)classes[c].Before);
            real[c].AsSpan(row * columns, columns).CopyTo(values.AsSpan(i * columns));
            labels[i] = c;
        }
        var balanced = new LabelledRows(values, columns, labels, [.. classes.Select(c => c.Name)]);
        using IFittedClassifier classifier = BoostedTrees.Default.Fit(balanced, null, seed, default);
        return [.. classes.Select((c, i) => c.Added == 0 ? (double?)null
            : Share(classifier.Predict(added.FeaturesOf(i, Math.Min(c.Added, RowsOfClass)), classes.Count), i))];
    }

    private static double Share(long[] predicted, long wanted) => predicted.Count(p => p == wanted) / (double)predicted.Length;

    /// <summary>Added rows that equal a real row of the class or an earlier added one. Rows are told apart by a 64-bit fingerprint.</summary>
    private static int CountDuplicates(float[] real, int columns, GeneratedFeatures added, int c)
    {
        var seen = new HashSet<ulong>();
        for (int row = 0; row < real.Length / columns; row++)
            seen.Add(Fingerprint(real.AsSpan(row * columns, columns)));
        return added.EachOf(c).Count(features => !seen.Add(Fingerprint(features.Span)));
    }

    private static ulong Fingerprint(ReadOnlySpan<float> row)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (float value in row)
        {
            hash = (hash ^ BitConverter.SingleToUInt32Bits(value == 0 ? 0 : value)) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }
        return hash;
    }
}
