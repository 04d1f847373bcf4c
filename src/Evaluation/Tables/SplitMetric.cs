using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>A measure of privacy that compares the rows that the generator was trained on with rows that it did not.</summary>
internal abstract class SplitMetric : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => input.Training is null || input.HeldOut is null
        ? "the training table or held-out rows are not known" : null;

    /// <inheritdoc/>
    public sealed override IEnumerable<MetricResult> Measure(TableComparison input) => [Measure(input, input.Training!, input.HeldOut!)];

    /// <summary>Measures with the rows of both kinds.</summary>
    protected abstract MetricResult Measure(TableComparison input, Table training, Table heldOut);

    /// <summary>The distance of each row of a table to its closest row of another, in the comparison's encoding.</summary>
    protected static double[] Closest(TableComparison input, Table rows, Table others) =>
        Array.ConvertAll(Distances.Nearest(input.Encoded(rows), input.Encoded(others), 1), n => (double)n[0].Distance);
}
