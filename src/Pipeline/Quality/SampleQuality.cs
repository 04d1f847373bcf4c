using GanPipeline.Evaluation.Metrics;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;

namespace GanPipeline.Stages;

/// <summary>Samples that are vectors of numbers: evaluated as <c>gan evaluate</c> does, then what up-sampling is worth.</summary>
internal abstract class SampleQuality : QualityReport
{
    private const int MostEvaluated = 10_000;

    public override string Examples => "generated.png";

    public sealed override void Check(Dataset train, Dataset test)
    {
        SampleEvaluation.Check(train, test);
        _ = ArrayLimit.Check((Int128)Evaluated(test) * test.Format.Size, $"{Evaluated(test)} generated samples of {test.Format.Size} numbers",
            SampleEvaluation.Remedy);
        LabelledRows.CheckBalanced(train);
    }

    private static int Evaluated(Dataset test) => (int)Math.Min(MostEvaluated, test.Count);

    public sealed override IReadOnlyList<MetricResult> Measure(QualityContext context, StageContext stage)
    {
        using SampleEvaluation evaluation = SampleEvaluation.For(context.Train, context.Test, new EvaluationSettings(context.Seed), stage);
        var samples = GeneratedSamples.From(context.Generator, Evaluated(context.Test), context.Seed);
        IReadOnlyList<MetricResult> ofSamples = evaluation.Measure(samples, [], context.Folder.In("pictures"), stage);
        return context.CanUpsample ? [.. ofSamples, .. Upsampling(context, evaluation, stage)] : ofSamples;
    }

    /// <summary>What up-sampling with the generator is worth.</summary>
    protected abstract IReadOnlyList<MetricResult> Upsampling(QualityContext context, SampleEvaluation evaluation, StageContext stage);
}
