using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.MlNet;
using GanPipeline.Training.Data;

namespace GanPipeline.Stages;

/// <summary>Images: an imbalanced version of the data is up-sampled, and the classifier counts how many of the added images show their class.</summary>
internal sealed class ImageQuality : SampleQuality
{
    private const double ImbalanceRatio = 20;

    protected override string Kind => SampleFormat.Image;

    public override int Threads => 0;

    protected override IReadOnlyList<MetricResult> Upsampling(QualityContext context, SampleEvaluation evaluation, StageContext stage)
    {
        LabelledRows imbalanced = LabelledRows.Of(context.Train).Imbalanced(ImbalanceRatio);
        LabelledRows balanced = UpsampleStage.Upsample(imbalanced, Resampler.FromSession(context.Generator, context.Folder.GeneratorFile),
            Balance.ToMajority, context.Seed);
        LabelledRows added = balanced.Pick([.. Enumerable.Range(imbalanced.Count, balanced.Count - imbalanced.Count)]);
        FeatureComparison comparison = evaluation.Compare(new GeneratedSamples(added.Values, added.Labels));
        MetricResult[] results = [.. ClassMetrics.ClassAccuracy.Measure(comparison).Select(r => r with { Data = "up-sampled" })];

        int[] before = imbalanced.ClassCounts(), after = balanced.ClassCounts();
        RunNotes.WriteClasses(context.Folder, imbalanced, balanced);
        _ = stage.Finished(new RecognisedImages(ImbalanceRatio,
            [.. context.Train.ClassNames.Select((name, c) => new ClassBalance(name, before[c], after[c]))],
            [.. context.Train.ClassNames.Select(name => results.First(r => r.Class == name).Value)]));
        return results;
    }
}
