using GanPipeline.Resampling.Goals;

namespace GanPipeline.Resampling.Selection;

/// <summary>What a classifier said of the rows of a fold, which neither it nor the method has seen.</summary>
/// <param name="Repeat">Which of the repeated cuts into folds.</param>
/// <param name="Places">[rows] where they are among all rows.</param>
/// <param name="Probabilities">[rows, classes], row-major.</param>
internal sealed record FoldAnswers(int Repeat, int[] Places, float[] Probabilities);

/// <summary>
/// How good a method is by the folds that are done, by a tuned rule, and for comparison by the plain one. The rule that a fold is scored by is tuned on the
/// other folds of the same cut alone. Decisions are scored over all folds of a cut at once, since of a few rows of a class in one fold a measure such as F1
/// says little; probabilities of different classifiers do not go together, and are scored fold by fold (Forman and Scholz 2010, "Apples-to-apples in
/// cross-validation studies").
/// </summary>
internal sealed class Standing
{
    private const int Groups = 10;

    private readonly Goal _goal;
    private readonly Lazy<DecisionRule> _rule;

    /// <summary>The standing of a method.</summary>
    /// <param name="goal">What is to be best.</param>
    /// <param name="labels">[N] classes of all rows.</param>
    /// <param name="counts">[classes] rows of each class.</param>
    /// <param name="answers">What was said of the folds, cut after cut; of each cut at least two folds.</param>
    public Standing(Goal goal, long[] labels, int[] counts, IReadOnlyList<FoldAnswers> answers)
    {
        _goal = goal;
        _rule = new(() => FinalRule(goal, labels, counts, answers));
        int[] groups = GroupsOf(labels, counts.Length);
        List<Scored> plain = [], tuned = [];
        foreach (FoldAnswers[] cut in answers.GroupBy(answer => answer.Repeat).Select(cut => cut.ToArray()))
        {
            plain.AddRange(Units(cut, _ => DecisionRule.Even(counts.Length)));
            if (goal.UsesDecisions) tuned.AddRange(Units(cut, scored => RuleOf(goal, labels, counts, [.. cut.Where(other => other != scored)])));
        }
        Plain = Mean(plain);
        Tuned = goal.UsesDecisions ? Mean(tuned) : Plain;
        List<Scored> counted = goal.UsesDecisions ? tuned : plain;
        Estimate = new Estimate(Tuned, [.. Enumerable.Range(0, Groups).Select(group => Mean(counted.Select(unit => unit.Without(group))))]);

        IEnumerable<Scored> Units(FoldAnswers[] cut, Func<FoldAnswers, DecisionRule> rule)
        {
            IEnumerable<Scored> folds = cut.Select(answer => new Scored(Array.ConvertAll(answer.Places, place => labels[place]), answer.Probabilities,
                rule(answer).Decide(answer.Probabilities), Array.ConvertAll(answer.Places, place => groups[place])));
            return goal.UsesDecisions ? [Scored.All([.. folds])] : folds;
        }
    }

    /// <summary>The score by the plain rule.</summary>
    public double Plain { get; }

    /// <summary>The score by tuned rules; that of the plain one for a goal without decisions.</summary>
    public double Tuned { get; }

    /// <summary>The rule to decide by after all folds together.</summary>
    public DecisionRule Rule => _rule.Value;

    /// <summary>The score, and how sure differences from others' are.</summary>
    public Estimate Estimate { get; }

    /// <summary>The rule to decide by after some answers together.</summary>
    public static DecisionRule FinalRule(Goal goal, long[] labels, int[] counts, IReadOnlyList<FoldAnswers> answers) =>
        BaggedThreshold.Of(goal, Labels(labels, answers), Probabilities(answers), counts);

    private static DecisionRule RuleOf(Goal goal, long[] labels, int[] counts, IReadOnlyList<FoldAnswers> answers) =>
        DecisionRule.Tuned(goal, Labels(labels, answers), Probabilities(answers), counts);

    private static long[] Labels(long[] labels, IReadOnlyList<FoldAnswers> answers) =>
        [.. answers.SelectMany(answer => answer.Places).Select(place => labels[place])];

    private static float[] Probabilities(IReadOnlyList<FoldAnswers> answers) => [.. answers.SelectMany(answer => answer.Probabilities)];

    private double Mean(IEnumerable<Scored> units) => units.Average(unit => _goal.Score(unit.Actual, unit.Probabilities, unit.Decided));

    /// <summary>A tenth of each class's rows for each group.</summary>
    private static int[] GroupsOf(long[] labels, int classes)
    {
        int[] next = new int[classes];
        return [.. labels.Select(label => next[label]++ % Groups)];
    }

    private sealed record Scored(long[] Actual, float[] Probabilities, long[] Decided, int[] GroupOf)
    {
        public static Scored All(Scored[] folds) => new([.. folds.SelectMany(f => f.Actual)], [.. folds.SelectMany(f => f.Probabilities)],
            [.. folds.SelectMany(f => f.Decided)], [.. folds.SelectMany(f => f.GroupOf)]);

        public Scored Without(int group)
        {
            int[] kept = [.. Enumerable.Range(0, Actual.Length).Where(row => GroupOf[row] != group)];
            return new Scored(Array.ConvertAll(kept, row => Actual[row]), RowsOf.Pick(Probabilities, Probabilities.Length / Actual.Length, kept),
                Array.ConvertAll(kept, row => Decided[row]), []);
        }
    }
}
