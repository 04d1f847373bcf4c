using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Resampling;

namespace GanPipeline.Evaluation.Tables;

/// <summary>What classifiers of whole rows predict for generated ones.</summary>
internal static class RowMetrics
{
    public static IReadOnlyList<MetricDescriptor<TableComparison>> All { get; } =
    [
        new("table-two-sample-test", "Accuracy of telling generated from real rows", "0 to 1; 0.5 where they cannot be told apart", Better.Lower,
            "Lopez-Paz and Oquab 2017, Revisiting classifier two-sample tests",
            Breakdown.None, [new($"{TellingApart.Fewest} rows on each side", c => TellingApart.Obstacle(c.Generated.Rows, c.Real.Rows))],
            (c, _) => [TellingApart.Measure(c.Encoded(c.Generated), c.Encoded(c.Real), c.Seed, "rows")]),
        // The generator is of use for training where 'data' empty comes near 'real', or 'real and generated' (the augmentation score) is above it.
        new("train-on-synthetic", "Macro F1 on untouched rows by training data", "0 to 1", Better.Higher,
            "Esteban, Hyland and Rätsch 2017, Real-valued (medical) time series generation with recurrent conditional GANs, section 4 (TSTR)",
            Breakdown.Data, [TableNeeds.That("a column of categories to predict, and held-out rows", c => c.LearningTask is not null,
                "no column of categories is named as the one to predict, or there are no rows that the generator never saw")], (c, _) => TrainOnSynthetic(c)),
    ];

    /// <summary>
    /// Macro F1, on rows that neither the generator nor a classifier has seen, of classifiers trained on generated rows, on the real training rows and on both.
    /// </summary>
    private static IEnumerable<Measurement> TrainOnSynthetic(TableComparison tables)
    {
        TableComparison.Task task = tables.LearningTask!;
        yield return Score("", task.Generated);
        if (task.Training is null) yield break;
        yield return Score("real", task.Training);
        yield return Score("real and generated", task.Together!);

        Measurement Score(string data, FeatureSet rows)
        {
            using IFittedClassifier classifier = BoostedTrees.Default.Fit(rows.ToRows(task.ClassNames), null, tables.Seed, default);
            long[] predicted = classifier.Predict(task.Test.Values, task.ClassNames.Count), actual = task.Test.Labels!;
            var few = FewRows.Of([.. task.ClassNames.Select((_, c) => actual.Count(a => a == c))], task.ClassNames, _ => false);
            var score = Measurement.Of(actual.Length, places => ClassificationScores.Of([.. places.Select(p => actual[p])],
                [.. places.Select(p => predicted[p])], task.ClassNames.Count).MacroF1,
                $"'{tables.Target}' trained on {rows.Count} rows, scored on {actual.Length} untouched rows{(few is null ? "" : $"; {few}")}") with
            { Data = data };
            return few is null ? score : score with { Interval = null };
        }
    }
}
