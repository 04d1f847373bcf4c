using GanPipeline.Primitives;
using Microsoft.ML;

namespace GanPipeline.MlNet;

/// <summary>What a classifier says of added rows, and how it fares that was trained on them.</summary>
internal sealed record ClassifierEvaluation(bool Judge, int CompareFolds) : UpsamplingEvaluation
{
    internal override void Check(TrainingRows rows)
    {
        if (CompareFolds > 0)
            ArrayLimit.Check((Int128)rows.Classes.Max(c => c.Count) * rows.Classes.Count * rows.FeatureCount,
                $"UpsamplingOptions.CompareFolds, {rows.Classes.Count} classes of {rows.FeatureCount} features, balanced",
                "leave the comparison out, or fit fewer rows");
    }

    internal override UpsamplingReport Complete(
        UpsamplingReport report, MLContext context, UpsamplingOptions options, TrainingRows rows, GeneratedFeatures added) => report with
        {
            Classes = Judge && report.Added > 0 ? AddedRowsJudge.Judge(rows, added, report.Classes, SeedStream.Derive(report.Seed, "judge")) : report.Classes,
            Appendix = CompareFolds == 0 ? null : FoldComparison.Run(context, rows, options, CompareFolds, SeedStream.Derive(report.Seed, "comparison")),
        };
}
