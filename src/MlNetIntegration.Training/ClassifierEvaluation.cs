using GanPipeline.Primitives;
using Microsoft.ML;

namespace GanPipeline.MlNet;

/// <summary>What a classifier predicts for added rows, and how one fares that was trained on them.</summary>
internal sealed record ClassifierEvaluation(bool EvaluateRows, int CompareFolds) : UpsamplingEvaluation
{
    internal override void Check(FittedRows rows)
    {
        if (CompareFolds > 0 && rows is VectorRows vectors)
            ArrayLimit.Check((Int128)rows.Classes.Max(c => c.Count) * rows.Classes.Count * vectors.FeatureCount,
                $"UpsamplingOptions.CompareFolds, {rows.Classes.Count} classes of {vectors.FeatureCount} features, balanced",
                "leave the comparison out, or fit fewer rows");
    }

    internal override UpsamplingReport Complete(
        UpsamplingReport report, MLContext context, UpsamplingOptions options, FittedRows rows, GeneratedColumns added)
    {
        var (vectors, features) = ((VectorRows)rows, (GeneratedFeatures)added);
        return report with
        {
            Classes = EvaluateRows && report.Added > 0
                ? AddedRowsEvaluation.Evaluate(vectors, features, report.Classes, SeedStream.Derive(report.Seed, "judge")) : report.Classes,
            Appendix = CompareFolds == 0 ? null
                : ResamplerComparison.Run(context, vectors, options, CompareFolds, SeedStream.Derive(report.Seed, "comparison")),
        };
    }
}
