using GanPipeline.Evaluation;
using GanPipeline.MlNet;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;

namespace GanPipeline.Cli.Stages;

/// <summary>
/// Points: the same small classifier is trained on the imbalanced data as they are, with rare rows repeated, and up-sampled by the generator; all three are scored on the
/// balanced test set. Repeating rows costs nothing, so the generator has to beat it to be worth its training.
/// </summary>
internal sealed class PointsQuality : QualityReport
{
    protected override string Kind => SampleFormat.Points;

    public override IReadOnlyList<QualityRow> Measure(QualityContext context, CancellationToken stop)
    {
        LabelledRows balanced = UpsampleStage.Upsample(context.Train, context.GeneratorFile, Balance.ToMajority, context.Seed);
        (string Name, LabelledRows Rows)[] ways = [("as it is", context.Train), ("rare rows repeated", context.Train.Oversampled(context.Seed)), ("up-sampled by the generator", balanced)];
        int rarest = Array.IndexOf(context.Train.ClassCounts(), context.Train.ClassCounts().Min());
        string rareName = context.Train.ClassNames[rarest], sample = $"{context.Test.Count} test points";
        var rows = new List<QualityRow>();
        var cells = new List<string[]>();
        foreach ((string name, LabelledRows train) in ways)
        {
            using VectorClassifier classifier = VectorClassifier.Train(train.Values, train.Columns, train.Labels, train.ClassNames.Count,
                new VectorClassifierOptions { Seed = context.Seed }, cancellation: stop);
            ClassificationScores scores = classifier.Score(context.Test.Values, context.Test.Labels);
            rows.Add(new($"recall of '{rareName}', trained {name}", scores.Recall[rarest], sample));
            rows.Add(new($"macro F1, trained {name}", scores.MacroF1, sample));
            int[] counts = train.ClassCounts();
            cells.Add([name, string.Join(" : ", counts), FormattableString.Invariant($"{scores.Recall[rarest]:F3}"), FormattableString.Invariant($"{scores.MacroF1:F3}")]);
        }
        Screen.Say("");
        Screen.Say($"A small classifier on {sample}, trained three ways ('{rareName}' is the rare class):");
        Screen.Table(["training data", string.Join(" : ", context.Train.ClassNames), $"recall of '{rareName}'", "macro F1"], cells);
        double best = rows[^1].Value, free = Math.Max(rows[1].Value, rows[3].Value);
        Screen.Say(best > free ? "The generator helped more than repeating rows." : "The generator did not help more than repeating rows, which is free: prefer that here.");
        if (context.Format.Size == 2) PngFile.Write(context.Picture, ScatterPlot.Draw([Panel(context.Train), Panel(balanced)]));
        return rows;
    }

    private static ScatterPanel Panel(LabelledRows rows) => new(rows.Values, Array.ConvertAll(rows.Labels, l => (int)l));
}
