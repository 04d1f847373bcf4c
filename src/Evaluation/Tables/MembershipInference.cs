using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// How well an attacker who has only the generated rows tells training rows from held-out ones by their distance to the closest generated row: the area under
/// the ROC curve, 0.5 for guessing, 1 for certainty.
/// </summary>
internal sealed class MembershipInference : SplitMetric
{
    /// <inheritdoc/>
    public override string Name => "membership-inference";

    /// <inheritdoc/>
    public override string Title => "Success of guessing who was in the training table (AUC)";

    /// <inheritdoc/>
    public override string Paper =>
        "Chen et al. 2020, GAN-Leaks: a taxonomy of membership inference attacks against generative models, section 5.1 (full black-box attack)";

    /// <inheritdoc/>
    protected override MetricResult Measure(TableComparison input, Table training, Table heldOut)
    {
        Table members = training.Sample(TableComparison.MostQueries, input.Seed), others = heldOut.Sample(TableComparison.MostQueries, input.Seed);
        // who is nearer is thought to be a member
        double[] toMembers = Closest(input, members, input.Generated), toOthers = Closest(input, others, input.Generated);
        return Result(RankScore.Of(toOthers, toMembers), RankScore.Interval(toOthers, toMembers, input.Seed, Name),
            $"{members.Rows} training and {others.Rows} held-out rows against {input.Generated.Rows} generated rows");
    }
}
