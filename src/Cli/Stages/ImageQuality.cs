using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Features;
using GanPipeline.MlNet;
using GanPipeline.Training.Data;

namespace GanPipeline.Cli.Stages;

/// <summary>
/// Images: a small classifier trained on the real training set judges them. It says how many show the class asked for, and its 128 features give the Fréchet distance to
/// the real test set.
/// </summary>
internal sealed class ImageQuality : QualityReport
{
    private const int MostGenerated = 10_000;
    private const double ImbalanceRatio = 20;

    protected override string Kind => SampleFormat.Image;

    public override int Threads => 0;

    public override IReadOnlyList<QualityRow> Measure(QualityContext context, CancellationToken stop)
    {
        var shape = new ImageShape((int)context.Format.Shape[0], (int)context.Format.Shape[1], (int)context.Format.Shape[2]);
        Screen.Note("training the judge on the real training images ...");
        using ImageJudge judge = ImageJudge.Train(Pixels(context.Train.Values), shape, context.Train.Labels, context.Train.ClassNames.Count,
            new JudgeOptions { Seed = context.Seed }, cancellation: stop);
        int generated = Math.Min(MostGenerated, context.Test.Count);
        (float[] samples, long[] asked) = Generate(context.Generator, generated, context.Seed);
        var obedience = Obedience.Of(asked, judge.Classify(samples), context.Train.ClassNames.Count);
        LabelledRows test = context.Test.Pick([.. Enumerable.Range(0, generated)]);
        double distance = FrechetDistance.Between(judge.Features(samples), judge.Features(test.Values));
        LabelledRows imbalanced = context.Train.Imbalanced(ImbalanceRatio);
        LabelledRows balanced = UpsampleStage.Upsample(imbalanced, GeneratorSource.FromSession(context.Generator, context.GeneratorFile), Balance.ToMajority, context.Seed);
        LabelledRows added = balanced.Pick([.. Enumerable.Range(imbalanced.Count, balanced.Count - imbalanced.Count)]);
        double addedObedience = Obedience.Of(added.Labels, judge.Classify(added.Values), context.Train.ClassNames.Count).Share;

        Screen.Say("");
        Screen.Say($"Up-sampled an imbalanced version of the data ({ImbalanceRatio}:1) through the ML.NET transformer:");
        int[] before = imbalanced.ClassCounts(), after = balanced.ClassCounts();
        RunNotes.WriteClasses(Path.GetDirectoryName(context.Picture)!, context.Train.ClassNames, before.Select(n => (long)n), after.Select(n => (long)n));
        Screen.Table(["class", "rows before", "rows after", "generated as asked"], context.Train.ClassNames.Select((name, c) => new[]
            { name, $"{before[c]}", $"{after[c]}", FormattableString.Invariant($"{obedience.PerClass[c].Share:P1}") }));
        return
        [
            new("judge accuracy on real test images", judge.Accuracy(Pixels(context.Test.Values), context.Test.Labels), $"{context.Test.Count} test images"),
            new("generated images recognised as the class asked for", obedience.Share, $"{generated} generated images"),
            new("Fréchet distance in the judge's 128 features", distance, $"{generated} generated against {generated} test images"),
            new("up-sampled images recognised as their class", addedObedience, $"{added.Count} added images"),
        ];
    }

    private static byte[] Pixels(float[] values) => Array.ConvertAll(values, v => (byte)v);
}
