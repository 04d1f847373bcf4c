using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Resampling;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Macro F1 on rows that neither the generator nor a classifier has seen, of a small classifier trained on generated rows ('data' empty), on the real
/// training rows ('real') and on both together ('real and generated', the augmentation score). The generator is of use for training where the first comes
/// near the second, or the third is above it.
/// </summary>
internal sealed class TrainOnSynthetic : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "train-on-synthetic";

    /// <inheritdoc/>
    public override string Title => "Macro F1 on untouched rows by training data";

    /// <inheritdoc/>
    public override string Paper =>
        "Esteban, Hyland and Rätsch 2017, Real-valued (medical) time series generation with recurrent conditional GANs, section 4 (TSTR)";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => input.LearningTask is null
        ? "no column of categories is named as the one to predict, or there are no rows that the generator never saw" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        TableComparison.Task task = input.LearningTask!;
        yield return Score("", task.Generated);
        if (task.Training is null) yield break;
        yield return Score("real", task.Training);
        yield return Score("real and generated", task.Together!);

        MetricResult Score(string data, FeatureSet rows)
        {
            using IFittedClassifier classifier = BoostedTrees.Default.Fit(rows.ToRows(task.ClassNames), null, input.Seed, default);
            long[] predicted = classifier.Predict(task.Test.Values, task.ClassNames.Count), actual = task.Test.Labels!;
            double value = ClassificationScores.Of(actual, predicted, task.ClassNames.Count).MacroF1;
            Interval interval = Bootstrap.Of(actual.Length, places => ClassificationScores.Of([.. places.Select(p => actual[p])],
                [.. places.Select(p => predicted[p])], task.ClassNames.Count).MacroF1, input.Seed, $"{Name} {data}");
            return Result(value, interval, $"'{input.Target}' trained on {rows.Count} rows, scored on {actual.Length} untouched rows") with { Data = data };
        }
    }
}
