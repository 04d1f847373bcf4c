using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.MlNet;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;

namespace GanPipeline.Cli.Stages;

/// <summary>
/// Points: the same small classifier is trained on the imbalanced data as they are, with rare rows repeated, and up-sampled by the generator, several times each; all are
/// scored on the balanced test set. Repeating rows costs nothing, so the generator has to beat it to be worth its training.
/// </summary>
internal sealed class PointsQuality : QualityReport
{
    private const int Repetitions = 5;

    protected override string Kind => SampleFormat.Points;

    public override int Threads => 1; // networks this small only lose time by sharing their work

    public override IReadOnlyList<MetricResult> Measure(QualityContext context, CancellationToken stop)
    {
        LabelledRows balanced = UpsampleStage.Upsample(context.Train, GeneratorSource.FromSession(context.Generator, context.GeneratorFile), Balance.ToMajority, context.Seed);
        int rarest = Array.IndexOf(context.Train.ClassCounts(), context.Train.ClassCounts().Min());
        string sample = $"{context.Test.Count} test points, {Repetitions} classifiers", rare = context.Train.ClassNames[rarest];
        Screen.Note($"training {Repetitions} classifiers on the data as they are, with rare rows repeated, and up-sampled ...");
        Way[] ways =
        [
            Score("as it is", "untouched", context.Train, context, rarest, stop),
            Score("rare rows repeated", "repeated rows", UpsampleStage.Upsample(context.Train, GeneratorSource.RandomOversampling(), Balance.ToMajority, context.Seed), context, rarest, stop),
            Score("up-sampled by the generator", "GAN", balanced, context, rarest, stop),
        ];
        RunNotes.WriteClasses(Path.GetDirectoryName(context.Picture)!, context.Train.ClassNames, context.Train.ClassCounts().Select(n => (long)n), balanced.ClassCounts().Select(n => (long)n));
        Screen.Say("");
        Screen.Say($"A small classifier on {context.Test.Count} test points, trained three ways, {Repetitions} times each ('{rare}' is the rare class; mean ± standard deviation):");
        Screen.Table(["training data", string.Join(" : ", context.Train.ClassNames), $"recall of '{rare}'", "macro F1"],
            ways.Select(w => new[] { w.Name, string.Join(" : ", w.Rows.ClassCounts()), w.Recall.ToString(), w.MacroF1.ToString() }));
        Way free = ways[0].MacroF1.Mean > ways[1].MacroF1.Mean ? ways[0] : ways[1];
        Screen.Say(Verdict(ways[2], free));
        if (context.Format.Size == 2) PngFile.Write(context.Picture, ScatterPlot.Draw([Panel(context.Train), Panel(balanced)]));
        return [.. ways.SelectMany(w => new[]
        {
            new MetricResult("classifier-macro-f1", w.MacroF1.Mean, Better.Higher, sample) { Data = w.Data },
            new MetricResult("classifier-recall", w.Recall.Mean, Better.Higher, sample) { Data = w.Data, Class = rare },
        })];
    }

    /// <summary>Better only where the gain is more than twice the standard error of the difference; anything less may be chance.</summary>
    private static string Verdict(Way generator, Way free)
    {
        double gain = generator.MacroF1.Mean - free.MacroF1.Mean;
        double error = Math.Sqrt((Math.Pow(generator.MacroF1.Deviation, 2) + Math.Pow(free.MacroF1.Deviation, 2)) / Repetitions);
        return gain > 2 * error ? FormattableString.Invariant($"The generator helped: macro F1 {gain:+0.000} against '{free.Name}', more than the spread of the classifiers explains.")
            : FormattableString.Invariant($"The generator did not help: macro F1 {gain:+0.000;-0.000} against '{free.Name}', which is free. Prefer that here.");
    }

    private static Way Score(string name, string data, LabelledRows rows, QualityContext context, int rarest, CancellationToken stop)
    {
        var scores = Enumerable.Range(0, Repetitions).Select(i =>
        {
            var options = new VectorClassifierOptions { Seed = SeedStream.Derive(context.Seed, "classifier", (ulong)i) };
            using VectorClassifier classifier = VectorClassifier.Train(rows.Values, rows.Columns, rows.Labels, rows.ClassNames.Count, options, cancellation: stop);
            return classifier.Score(context.Test.Values, context.Test.Labels);
        }).ToArray();
        return new Way(name, data, rows, Spread.Of(scores.Select(s => s.Recall[rarest])), Spread.Of(scores.Select(s => s.MacroF1)));
    }

    private static ScatterPanel Panel(LabelledRows rows) => new(rows.Values, Array.ConvertAll(rows.Labels, l => (int)l));

    private sealed record Way(string Name, string Data, LabelledRows Rows, Spread Recall, Spread MacroF1);

    private sealed record Spread(double Mean, double Deviation)
    {
        public static Spread Of(IEnumerable<double> values)
        {
            double[] all = [.. values];
            return new Spread(all.Average(), Math.Sqrt(all.Sum(v => Math.Pow(v - all.Average(), 2)) / (all.Length - 1)));
        }

        public override string ToString() => FormattableString.Invariant($"{Mean:F3} ± {Deviation:F3}");
    }
}
