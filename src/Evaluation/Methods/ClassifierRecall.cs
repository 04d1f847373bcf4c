using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Methods;

/// <summary>
/// Share of the rarest class's real rows that a classifier finds, by what it learnt from; rows and classifiers as in <see cref="ClassifierMacroF1"/>. It is
/// bought with false alarms, which the macro F1 counts and this does not.
/// </summary>
internal sealed class ClassifierRecall : Metric<MethodComparison>
{
    /// <inheritdoc/>
    public override string Name => "classifier-recall";

    /// <inheritdoc/>
    public override string Title => "Share of the rarest class that a classifier finds";

    /// <inheritdoc/>
    public override string Paper => "He and Garcia 2009, Learning from imbalanced data, section 4.1 (recall)";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(MethodComparison input) =>
        input.Scores(s => s.Recall[input.Rare]).Select(method =>
            Result(method.Value, method.Interval, input.Sample, input.ClassNames[input.Rare]) with { Data = method.Method });
}
