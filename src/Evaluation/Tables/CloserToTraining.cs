using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Share of generated rows whose closest training row is closer than their closest held-out row, of as many training as held-out rows; ties count half. 0.5
/// where the generator knows the training rows no better than others, towards 1 where it has memorised them.
/// </summary>
public sealed class CloserToTraining : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "closer-to-training";

    /// <inheritdoc/>
    public override string Title => "Share of rows closer to training than to held-out rows";

    /// <inheritdoc/>
    public override string Paper => "Platzer and Reutterer 2021, Holdout-based empirical assessment of mixed-type synthetic data, section 2.2";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => input.Training is null || input.HeldOut is null ? "the training table or held-out rows are not known" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        Table heldOut = input.HeldOut!, training = input.Training!;
        int size = Math.Min(heldOut.Rows, training.Rows);
        Table generated = input.Generated.Sample(TableComparison.MostQueries, input.Seed);
        Neighbour[][] toTraining = Distances.Nearest(input.Encoded(generated), input.Encoded(training.Sample(size, input.Seed)), 1);
        Neighbour[][] toHeldOut = Distances.Nearest(input.Encoded(generated), input.Encoded(heldOut.Sample(size, input.Seed)), 1);
        double[] closer = [.. toTraining.Zip(toHeldOut, (t, h) => t[0].Distance < h[0].Distance ? 1 : t[0].Distance > h[0].Distance ? 0 : 0.5)];
        return [Result(closer.Average(), Bootstrap.OfMean(closer, input.Seed, Name), $"{closer.Length} generated rows against {size} training and {size} held-out rows")];
    }
}
