using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Share of generated rows whose closest training row is closer than their closest held-out row, of as many training as held-out rows; ties count half. 0.5
/// where the generator knows the training rows no better than others, towards 1 where it has memorised them.
/// </summary>
internal sealed class CloserToTraining : SplitMetric
{
    /// <inheritdoc/>
    public override string Name => "closer-to-training";

    /// <inheritdoc/>
    public override string Title => "Share of rows closer to training than to held-out rows";

    /// <inheritdoc/>
    public override string Paper => "Platzer and Reutterer 2021, Holdout-based empirical assessment of mixed-type synthetic data, section 2.2";

    /// <inheritdoc/>
    protected override MetricResult Measure(TableComparison input, Table training, Table heldOut)
    {
        int size = Math.Min(heldOut.Rows, training.Rows);
        Table generated = input.Generated.Sample(TableComparison.MostQueries, input.Seed);
        double[] toTraining = Closest(input, generated, training.Sample(size, input.Seed)),
            toHeldOut = Closest(input, generated, heldOut.Sample(size, input.Seed));
        double[] closer = [.. toTraining.Zip(toHeldOut, (t, h) => t < h ? 1 : t > h ? 0 : 0.5)];
        return Result(closer.Average(), Bootstrap.OfMean(closer, input.Seed, Name),
            $"{closer.Length} generated rows against {size} training and {size} held-out rows");
    }
}
