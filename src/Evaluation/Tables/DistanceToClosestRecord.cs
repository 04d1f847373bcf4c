using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Median distance of a generated row to the closest training row ('data' empty), and of held-out real rows to theirs ('held out'), which is what it should
/// come near: far below it, rows are copied. Columns count alike: numbers in standard deviations of the training table, a differing category as 1.
/// </summary>
internal sealed class DistanceToClosestRecord : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "distance-to-closest-record";

    /// <inheritdoc/>
    public override string Title => "Median distance to the closest training row";

    /// <inheritdoc/>
    public override string Paper => "Park et al. 2018, Data synthesis based on generative adversarial networks, section 5";

    /// <inheritdoc/>
    public override Better Better => Better.Neither;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => input.Training is null ? "the training table is not known" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        yield return Median("", input.ToTraining(input.Generated), input.Generated);
        if (input.HeldOut is not null) yield return Median("held out", input.ToTraining(input.HeldOut), input.HeldOut);

        MetricResult Median(string data, Neighbour[][] nearest, Table rows)
        {
            double[] distances = Array.ConvertAll(nearest, n => n[0].Distance);
            return Result(Quantile.Median(distances), Bootstrap.Of(distances.Length, places => Quantile.Median([.. places.Select(p => distances[p])]),
                input.Seed, $"{Name} {data}"),
                $"{nearest.Length} of {rows.Rows} rows against {input.Training!.Rows} training rows") with
            { Data = data };
        }
    }
}
