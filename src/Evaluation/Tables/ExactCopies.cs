using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Share of generated rows that equal a training row in every column ('data' empty), and of held-out real rows that do ('held out'): tables of few categories
/// have equal rows by chance.
/// </summary>
internal sealed class ExactCopies : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "exact-copies";

    /// <inheritdoc/>
    public override string Title => "Share of rows that equal a training row";

    /// <inheritdoc/>
    public override string Paper => "Lu et al. 2019, Empirical evaluation on synthetic data generation with generative adversarial network, section 3";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => input.Training is null ? "the training table is not known" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        HashSet<string> known = [.. input.Training!.Keys()];
        yield return Share("", input.Generated);
        if (input.HeldOut is not null) yield return Share("held out", input.HeldOut);

        MetricResult Share(string data, Table rows)
        {
            double[] copies = [.. rows.Keys().Select(k => known.Contains(k) ? 1.0 : 0)];
            return Result(copies.Average(), Bootstrap.OfMean(copies, input.Seed, $"{Name} {data}"),
                $"{rows.Rows} rows against {input.Training.Rows} training rows") with
            { Data = data };
        }
    }
}
