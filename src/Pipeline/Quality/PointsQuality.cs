using GanPipeline.Evaluation.Metrics;
using GanPipeline.Images;
using GanPipeline.MlNet;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using SkiaSharp;

namespace GanPipeline.Stages;

/// <summary>Points: how a classifier does that is trained on the imbalanced data, and on the data up-sampled by the generator.</summary>
internal sealed class PointsQuality : SampleQuality
{
    protected override string Kind => SampleFormat.Points;

    public override int Threads => 1; // networks this small only lose time by sharing their work

    protected override IReadOnlyList<MetricResult> Upsampling(QualityContext context, SampleEvaluation evaluation, StageContext stage)
    {
        LabelledRows train = LabelledRows.Of(context.Train);
        LabelledRows balanced = UpsampleStage.Upsample(train, Resampler.FromSession(context.Generator, context.Folder.GeneratorFile), Balance.ToMajority,
            context.Seed);
        RunNotes.WriteClasses(context.Folder, train, balanced);
        if (context.Train.Format.Size == 2)
        {
            using SKBitmap plot = ScatterPlot.Draw([Panel(train), Panel(balanced)]);
            PngFile.Write(context.Folder.In("upsampled.png"), plot);
        }
        return TestedMethods.Measure(ResampledRows.Free(train, null, context.Seed, stage.Stop), ResampledRows.OfGenerator(balanced),
            LabelledRows.Of(context.Test), null, "points", context.Seed, stage);
    }

    private static ScatterPanel Panel(LabelledRows rows) => new(rows.Values, Array.ConvertAll(rows.Labels, l => (int)l));
}
