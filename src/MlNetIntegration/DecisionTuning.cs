using GanPipeline.Resampling;
using GanPipeline.Resampling.Goals;
using GanPipeline.Resampling.Selection;
using Microsoft.ML;

namespace GanPipeline.MlNet;

/// <summary>What a choice found.</summary>
/// <param name="Method">The method.</param>
/// <param name="Rule">The rule of its decisions.</param>
/// <param name="Score">How good both are on the folds.</param>
/// <param name="Plain">How good the data as they are with the plain rule are.</param>
/// <param name="Calibrator">What was fitted to the scores of the folds; null for nothing.</param>
/// <param name="Tried">The methods that were tried, in their order.</param>
internal sealed record Choice(Method Method, DecisionRule Rule, double Score, double Plain, ITransformer? Calibrator, IReadOnlyList<MethodScore> Tried);

/// <summary>A trainer on the folds of its training rows, and the rule, and calibrator, that are best for what it says of rows that it has not seen.</summary>
internal sealed class DecisionTuning(ClassTask task, LabelledView data, string labelColumn, Goal goal, BalancingOptions options, SelectionOptions folds)
{
    /// <summary>Tunes.</summary>
    /// <param name="fit">Fits the trainer on the rows that a fold does not score.</param>
    /// <param name="log">Hears what is being done.</param>
    public Choice Tune(Func<StratifiedFolds, int, ITransformer> fit, Action<string> log)
    {
        LabelledRows rows = data.Rows;
        StratifiedFolds[] cuts = MethodSelection.Cuts(rows, folds);
        List<(FoldAnswers Answers, float[] Scores)> scored = [];
        int count = cuts[0].Count;
        for (int repeat = 0; repeat < cuts.Length; repeat++)
        {
            log($"fitting the trainer on folds {repeat * count + 1} to {(repeat + 1) * count} of {cuts.Length * count}");
            for (int fold = 0; fold < count; fold++)
            {
                options.Cancellation.ThrowIfCancellationRequested();
                int[] held = cuts[repeat].Held(fold);
                ITransformer fitted = fit(cuts[repeat], fold);
                ClassScores said = task.Scored(fitted, data.Held(held), rows.ClassNames.Count);
                (fitted as IDisposable)?.Dispose();
                scored.Add((new FoldAnswers(repeat, held, said.Probabilities), said.Scores));
            }
        }
        ITransformer? calibrator = null;
        if (options.Calibrator is not null)
        {
            calibrator = task.Calibrate(options.Calibrator, [.. scored.SelectMany(fold => fold.Scores)],
                [.. scored.SelectMany(fold => fold.Answers.Places).Select(place => rows.Labels[place])], labelColumn);
            scored = [.. scored.Select(fold => (fold.Answers with { Probabilities = task.Calibrated(calibrator, fold.Scores) }, fold.Scores))];
        }
        FoldAnswers[] answers = [.. scored.Select(fold => fold.Answers)];
        int[] counts = rows.ClassCounts();
        var standing = new Standing(goal, rows.Labels, counts, answers);
        return new Choice(Method.Untouched, standing.Rule, standing.Tuned, standing.Plain, calibrator, []);
    }
}
