using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Classifiers;
using GanPipeline.MlNet;
using GanPipeline.Primitives;
using GanPipeline.Resampling;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>A way of dealing with rare classes: the rows that a classifier learns from, and how it is asked.</summary>
/// <param name="Name">For people.</param>
/// <param name="Key">In files.</param>
/// <param name="Rows">What the classifier learns from.</param>
/// <param name="Moved">Whether it is then asked as if all classes were equally frequent, which is free and often does what added rows do.</param>
internal sealed record Way(string Name, string Key, LabelledRows Rows, bool Moved = false)
{
    public const string Generator = "GAN";

    /// <summary>The ways that cost nothing.</summary>
    /// <param name="rows">The data as they are.</param>
    /// <param name="table">How they are encoded, where they are a table's; other rows have no SMOTE-NC.</param>
    /// <param name="seed">Decides which rows are repeated and blended.</param>
    public static IReadOnlyList<Way> Free(LabelledRows rows, TableCodec? table, ulong seed)
    {
        List<Way> ways =
        [
            new("as it is", "untouched", rows), new("moved threshold", "moved threshold", rows, Moved: true),
            new("random over-sampling", "repeated rows", UpsampleStage.Upsample(rows, Resampler.RandomOversampling(), Balance.ToMajority, seed)),
        ];
        if (table is null) return ways;
        long[] wanted = Lacking(rows);
        float[] added = Oversampling.Of(new Resampling.LabelledRows(rows.Values, rows.Columns, rows.Labels, rows.ClassNames), table, new Smote(), wanted,
            SeedStream.Derive(seed, "smote"));
        return [.. ways, new("SMOTE-NC", "SMOTE-NC", rows.Append(added, wanted))];
    }

    /// <summary>The class of each row that is to be added, so that all classes that occur get as many as the largest.</summary>
    public static long[] Lacking(LabelledRows rows)
    {
        int[] counts = rows.ClassCounts();
        return [.. Enumerable.Range(0, counts.Length).SelectMany(c => Enumerable.Repeat((long)c, counts[c] == 0 ? 0 : counts.Max() - counts[c]))];
    }

    /// <summary>What a classifier that is trained on this method's rows predicts for others: [rows] class indices.</summary>
    public long[] Predict(ReadOnlyMemory<float> others, ulong seed, CancellationToken stop)
    {
        using IFittedClassifier classifier = BoostedTrees.Default.Fit(
            new Resampling.LabelledRows(Rows.Values, Rows.Columns, Rows.Labels, Rows.ClassNames), null, seed, stop);
        return Moved ? classifier.PredictBalanced(others, Rows.ClassCounts()) : classifier.Predict(others, Rows.ClassNames.Count);
    }
}
