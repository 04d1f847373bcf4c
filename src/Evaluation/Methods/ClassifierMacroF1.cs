using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Methods;

/// <summary>
/// Mean F1 of the classes on real rows that neither the generator nor a classifier has seen, of a small classifier that learns from the data as they are, or as
/// a method of dealing with rare classes makes them; the mean of several classifiers.
/// </summary>
internal sealed class ClassifierMacroF1 : Metric<MethodComparison>
{
    /// <inheritdoc/>
    public override string Name => "classifier-macro-f1";

    /// <inheritdoc/>
    public override string Title => "Macro F1 of a classifier";

    /// <inheritdoc/>
    public override string Paper => "Opitz and Burst 2019, Macro F1 and macro F1, section 2 (mean of the classes' F1)";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(MethodComparison input) =>
        input.Scores(s => s.MacroF1).Select(method => Result(method.Value, method.Interval, input.Sample) with { Data = method.Method });
}
