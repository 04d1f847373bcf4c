using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Resampling.Goals;
using GanPipeline.Resampling.Selection;

namespace GanPipeline.Stages;

/// <summary>What came out for one classifier on the outer folds.</summary>
/// <param name="trainer">The classifier.</param>
/// <param name="goal">What is to be best.</param>
/// <param name="folds">The folds of all cuts.</param>
/// <param name="foldsOfCut">Folds of a cut.</param>
/// <param name="rare">The rarest class that is scored.</param>
/// <param name="classNames">Names in index order.</param>
internal sealed class LearnerTrials(
    IClassifierTrainer trainer, Goal goal, IReadOnlyList<OuterFold> folds, int foldsOfCut, int rare, IReadOnlyList<string> classNames)
{
    /// <summary>The classifier.</summary>
    public string Learner => trainer.Name;

    /// <summary>The figures of every method that is possible, in their order, then those of the choice.</summary>
    public IReadOnlyList<MethodFigures> Figures { get; } =
    [
        .. folds[0].Methods.Select((method, m) => (method.Method.Name, Answers: folds.Select(fold => fold.Methods[m]).ToArray()))
            .Append((MethodFigures.ChoiceName, [.. folds.Select(fold => fold.Chosen)])).Where(m => m.Answers.All(a => a.Probabilities.Length > 0))
            .Select(m => Of(trainer.Name, m.Name, goal, folds, m.Answers, rare)),
    ];

    /// <summary>The data as they are.</summary>
    public MethodFigures Untouched => Figures[0];

    /// <summary>The choice.</summary>
    public MethodFigures Choice => Figures[^1];

    /// <summary>How much better the choice is than the data as they are, decided by the plain rule.</summary>
    public FoldGain Gain => FoldGain.OfCuts(Choice.GoalTuned, Untouched.Goal, foldsOfCut);

    /// <summary>About 95 % of the gain; scores may be costs, which have no bounds.</summary>
    public Interval GainInterval => new(Gain.Mean - 2 * Gain.Error, Gain.Mean + 2 * Gain.Error);

    /// <summary>How often each method was chosen, the most frequent first.</summary>
    public IEnumerable<(string Method, int Times)> Chosen =>
        folds.GroupBy(fold => fold.Choice.Method.Name).Select(g => (g.Key, g.Count())).OrderByDescending(c => c.Item2);

    /// <summary>
    /// The trade-off in a user's terms: "finds 86 of 100 rows of class 'fraud' instead of 60, for 2 more false alarms in 100 other rows", of the choice against
    /// the data as they are by the plain rule, over all outer folds.
    /// </summary>
    public string TradeOff()
    {
        (double found, double alarms) = Rates(fold => fold.Chosen.Rule.Decide(fold.Chosen.Probabilities));
        (double foundBefore, double alarmsBefore) = Rates(fold => DecisionRule.Even(classNames.Count).Decide(fold.Methods[0].Probabilities));
        double more = alarms - alarmsBefore;
        int of = Math.Abs(more) * 100 is 0 or >= 0.95 ? 100 : 1000;
        double count = Math.Round(Math.Abs(more) * of);
        string change = count == 0 ? "with as many false alarms"
            : $"{(more > 0 ? "for" : "with")} {count} {(more > 0 ? "more" : "fewer")} false {(count == 1 ? "alarm" : "alarms")} in {of} other rows";
        return FormattableString.Invariant($"finds {100 * found:F0} of 100 rows of class '{classNames[rare]}' instead of {100 * foundBefore:F0}, {change}");
    }

    /// <summary>The share of the rarest class's rows that are found, and of the others that are taken for it.</summary>
    private (double Found, double Alarms) Rates(Func<OuterFold, long[]> decide)
    {
        Decisions all = Decisions.Of([.. folds.SelectMany(fold => fold.Actual)], [.. folds.SelectMany(decide)], classNames.Count);
        return ((double)all.Hits[rare] / all.Actual[rare], (double)(all.Predicted[rare] - all.Hits[rare]) / (all.Rows - all.Actual[rare]));
    }

    private static MethodFigures Of(string learner, string name, Goal goal, IReadOnlyList<OuterFold> folds, MethodAnswers[] answers, int rare)
    {
        (OuterFold Fold, MethodAnswers Answers)[] pairs = [.. folds.Zip(answers)];
        long[][] plain = [.. answers.Select(a => DecisionRule.Even(a.Rule.Factors.Length).Decide(a.Probabilities))];
        long[][] tuned = [.. answers.Select(a => a.Rule.Decide(a.Probabilities))];
        return new MethodFigures(learner, name)
        {
            Goal = Each(plain, (fold, a, decided) => goal.Score(fold.Actual, a.Probabilities, decided)),
            GoalTuned = Each(tuned, (fold, a, decided) => goal.Score(fold.Actual, a.Probabilities, decided)),
            MacroF1 = Each(plain, (fold, a, decided) => MacroF.One.Score(fold.Actual, a.Probabilities, decided)),
            MacroF1Tuned = Each(tuned, (fold, a, decided) => MacroF.One.Score(fold.Actual, a.Probabilities, decided)),
            Recall = Each(plain, (fold, a, decided) => Scores(fold, decided, a).Recall[rare]),
            RecallTuned = Each(tuned, (fold, a, decided) => Scores(fold, decided, a).Recall[rare]),
            Precision = Each(plain, (fold, a, decided) => Scores(fold, decided, a).Precision[rare]),
            PrecisionTuned = Each(tuned, (fold, a, decided) => Scores(fold, decided, a).Precision[rare]),
            PrAuc = Each(plain, (fold, a, decided) => AveragePrecision.Goal.Score(fold.Actual, a.Probabilities, decided)),
            CalibrationError = Each(plain, (fold, a, _) => Evaluation.CalibrationError.Of(fold.Actual, a.Probabilities)),
        };

        double[] Each(long[][] decided, Func<OuterFold, MethodAnswers, long[], double> score) =>
            [.. pairs.Select((pair, i) => score(pair.Fold, pair.Answers, decided[i]))];

        static ClassificationScores Scores(OuterFold fold, long[] decided, MethodAnswers answers) =>
            ClassificationScores.Of(fold.Actual, decided, answers.Rule.Factors.Length);
    }
}
