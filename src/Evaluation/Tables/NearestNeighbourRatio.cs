using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Median over generated rows of the distance to the closest training row over that to the second closest ('data' empty), and of held-out real rows ('held
/// out'). Near 0, rows sit on single training rows; near 1, between several.
/// </summary>
internal sealed class NearestNeighbourRatio : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "nearest-neighbour-ratio";

    /// <inheritdoc/>
    public override string Title => "Median ratio of the distances to the two closest training rows";

    /// <inheritdoc/>
    public override string Paper => "Zhao et al. 2021, CTAB-GAN: effective table data synthesizing, section 4.1 (NNDR)";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => input.Training is null || input.Training.Rows < 2 ? "the training table is not known" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        yield return Median("", input.ToTraining(input.Generated), input.Generated);
        if (input.HeldOut is not null) yield return Median("held out", input.ToTraining(input.HeldOut), input.HeldOut);

        MetricResult Median(string data, Neighbour[][] nearest, Table rows)
        {
            double[] ratios = Array.ConvertAll(nearest, n => n[1].Distance > 0 ? n[0].Distance / n[1].Distance : 1);
            return Result(Quantile.Median(ratios), Bootstrap.Of(ratios.Length, places => Quantile.Median([.. places.Select(p => ratios[p])]), input.Seed,
                $"{Name} {data}"),
                $"{nearest.Length} of {rows.Rows} rows against {input.Training!.Rows} training rows") with
            { Data = data };
        }
    }
}
