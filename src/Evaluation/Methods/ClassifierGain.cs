using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Methods;

/// <summary>
/// How much higher the macro F1 of the classifiers is that learnt from rows up-sampled by the generator than that of the best method that costs nothing, on the
/// same rows. Where the interval reaches below 0, chance may explain it.
/// </summary>
internal sealed class ClassifierGain : Metric<MethodComparison>
{
    /// <inheritdoc/>
    public override string Name => "classifier-gain";

    /// <inheritdoc/>
    public override string Title => "Gain of the generator over the best free method (macro F1)";

    /// <inheritdoc/>
    public override string Paper =>
        "Efron and Tibshirani 1993, An introduction to the bootstrap, section 13.3 (percentile interval, here of paired differences)";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(MethodComparison input)
    {
        (double value, Interval interval) = input.Drawn(places =>
            input.Mean(input.Generator, places, s => s.MacroF1) - input.Mean(input.BestFree, places, s => s.MacroF1));
        return [Result(value, interval, $"over '{input.BestFree.Name}', {input.Sample}")];
    }
}
