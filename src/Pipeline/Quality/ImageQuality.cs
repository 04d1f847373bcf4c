using System.Globalization;
using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Images;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.MlNet;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;

namespace GanPipeline.Stages;

/// <summary>
/// Images: the training part, which is all that the generator has seen, is up-sampled. The classifier counts how many of the added images show their class, and
/// small classifiers that are trained with and without them are scored on the test part.
/// </summary>
internal sealed class ImageQuality : SampleQuality
{
    private const double LeastRatio = 1.5; // below it, a class gets next to nothing added
    private const int Passes = 2, FewestSteps = 50, MostSteps = 1000;

    protected override string Kind => SampleFormat.Image;

    public override int Threads => 0;

    protected override IReadOnlyList<MetricResult> Upsampling(QualityContext context, SampleEvaluation evaluation, StageContext stage)
    {
        LabelledRows train = LabelledRows.Of(context.Train);
        int[] before = train.ClassCounts();
        double ratio = before.Max() / (double)before.Where(n => n > 0).Min();
        if (ratio < LeastRatio)
        {
            stage.Note(string.Create(CultureInfo.InvariantCulture, $"the largest class has {ratio:F2} times as many images as the smallest, so that there is " +
                $"nothing to up-sample; --set data.long_tail=20 makes the later classes rare."));
            return [];
        }
        LabelledRows balanced = UpsampleStage.Upsample(train, Resampler.FromSession(context.Generator, context.Folder.GeneratorFile), Balance.ToMajority,
            context.Seed);
        LabelledRows added = balanced.Pick([.. Enumerable.Range(train.Count, balanced.Count - train.Count)]);
        FeatureComparison comparison = evaluation.Compare(new GeneratedSamples(added.Values, added.Labels));
        MetricResult[] results = [.. ClassMetrics.ClassAccuracy.Measure(comparison).Select(r => r with { Data = "up-sampled" })];

        int[] after = balanced.ClassCounts();
        RunNotes.WriteClasses(context.Folder, train, balanced);
        _ = stage.Finished(new RecognisedImages(ratio,
            [.. context.Train.ClassNames.Select((name, c) => new ClassBalance(name, before[c], after[c]))],
            [.. context.Train.ClassNames.Select(name => results.First(r => r.Class == name).Value)]));
        return [.. results, .. Classifiers(context, added, stage)];
    }

    /// <summary>What the added images are worth to a classifier, beside what costs nothing.</summary>
    private static IReadOnlyList<MetricResult> Classifiers(QualityContext context, LabelledRows added, StageContext stage)
    {
        ImageSet train = ImageEvaluation.Images(context.Train), test = ImageEvaluation.Images(context.Test);
        IReadOnlyList<string> names = context.Train.ClassNames;
        IReadOnlyList<ImageMethod> free = ImageMethod.Free;
        stage.Note($"training a small classifier for each of {free.Count + 1} methods for rare classes ...");
        long steps = Math.Clamp(Passes * SupervisedFit.StepsPerPass(train.Count + added.Count), FewestSteps, MostSteps);
        var methods = new ImageMethods(train, names.Count, _ => ImageSet.FromFloats(added.Values, train.Shape, added.Labels), new ImageChanges(Mirrors: false),
            steps, context.Seed, stage.Stop);
        int rare = Enumerable.Range(0, names.Count).Where(c => methods.Counts[c] > 0).MinBy(c => methods.Counts[c]);
        var comparison = new MethodComparison([.. free.Select(Predictions)], Predictions(ImageMethod.Added), test.Labels!, names)
        {
            Rare = rare,
            Seed = context.Seed,
            RowName = "images",
        };
        IReadOnlyList<MetricResult> results = MetricCatalog.MeasureAll(MetricCatalog.OfMethods, comparison, null, stage.Stop);
        _ = stage.Finished(TestedMethods.Scores([.. free.Append(ImageMethod.Added).Select(m =>
            new TestedMethod(m.Name, (int)methods.Trained(m).Sum(), (int)methods.Trained(m)[rare]))], comparison, results));
        return results;

        MethodPredictions Predictions(ImageMethod method) => new(method.Name, [methods.Predict(method, test)]);
    }
}
