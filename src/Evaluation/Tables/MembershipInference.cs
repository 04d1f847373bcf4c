using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// How well an attacker who has only the generated rows tells training rows from held-out ones by their distance to the closest generated row: the area under
/// the ROC curve, 0.5 for guessing, 1 for certainty.
/// </summary>
public sealed class MembershipInference : Metric<TableComparison>
{
    /// <inheritdoc/>
    public override string Name => "membership-inference";

    /// <inheritdoc/>
    public override string Title => "Success of guessing who was in the training table (AUC)";

    /// <inheritdoc/>
    public override string Paper => "Chen et al. 2020, GAN-Leaks: a taxonomy of membership inference attacks against generative models, section 5.1 (full black-box attack)";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(TableComparison input) => input.Training is null || input.HeldOut is null ? "the training table or held-out rows are not known" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(TableComparison input)
    {
        Table members = input.Training!.Sample(TableComparison.MostQueries, input.Seed), others = input.HeldOut!.Sample(TableComparison.MostQueries, input.Seed);
        FeatureSet generated = input.Encoded(input.Generated);
        double[] toMembers = To(members), toOthers = To(others); // who is nearer is thought to be a member
        return [Result(RankScore.Of(toOthers, toMembers), RankScore.Interval(toOthers, toMembers, input.Seed, Name), $"{members.Rows} training and {others.Rows} held-out rows against {generated.Count} generated rows")];

        double[] To(Table rows) => Array.ConvertAll(Distances.Nearest(input.Encoded(rows), generated, 1), n => n[0].Distance);
    }
}
