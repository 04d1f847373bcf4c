using GanPipeline.Primitives;
using GanPipeline.Resampling.Goals;

namespace GanPipeline.Resampling.Tests.Goals;

public sealed class DecisionRuleTests
{
    private static readonly string[] Two = ["common", "rare"], Three = ["a", "b", "c"];

    [Fact]
    public void The_largest_product_decides_and_the_first_of_equals()
    {
        Assert.Equal([0, 1, 2], new DecisionRule([1, 2, 3]).Decide([0.7f, 0.2f, 0.1f, 0.2f, 0.6f, 0.2f, 0.3f, 0.3f, 0.4f]));
        Assert.Equal([0], DecisionRule.Even(3).Decide([0.4f, 0.4f, 0.2f]));
        Assert.True(DecisionRule.Even(3).IsEven);
        Assert.False(DecisionRule.Of(0.3).IsEven);
    }

    [Fact]
    public void A_threshold_of_class_1_is_a_pair_of_factors()
    {
        DecisionRule rule = DecisionRule.Of(0.25);
        Assert.Equal(0.25, rule.Threshold);
        Assert.Equal([0, 1, 1, 0], rule.Decide([0.8f, 0.2f, 0.7f, 0.3f, 0f, 1f, 0.75f, 0.25f]));
        Assert.Equal(0.5, DecisionRule.Even(2).Threshold);
    }

    /// <summary>All cuts between different probabilities, one by one, are no better than what the search finds. No cut undoes a certain answer.</summary>
    [Theory]
    [InlineData("f1")]
    [InlineData("recall")]
    [InlineData("balanced")]
    [InlineData("cost=rare>common=7")]
    public void Of_two_classes_the_tuned_threshold_is_the_best_of_all(string name)
    {
        Goal goal = Goal.Parse(name, Two);
        for (ulong seed = 0; seed < 30; seed++)
        {
            (long[] actual, float[] probabilities) = Random(seed, 60, 2);
            DecisionRule tuned = DecisionRule.Tuned(goal, actual, probabilities, Counts(actual, 2));
            double[] values = [0, .. actual.Select((_, i) => (double)probabilities[2 * i + 1]).Distinct().Order(), 1];
            double best = values.Zip(values.Skip(1)).Where(cut => cut.First < cut.Second).Select(cut => DecisionRule.Of((cut.First + cut.Second) / 2))
                .Append(DecisionRule.Even(2)).Max(Score);
            Assert.Equal(best, Score(tuned), 1e-12);

            double Score(DecisionRule rule) => goal.Score(actual, probabilities, rule.Decide(probabilities));
        }
    }

    /// <summary>Rare rows at .3, .4 and common ones up to .1: all cuts between are perfect, and the middle (of log odds) is taken.</summary>
    [Fact]
    public void The_threshold_lies_in_the_middle_of_the_best_cuts()
    {
        long[] actual = [0, 0, 0, 0, 1, 1];
        float[] rare = [0.01f, 0.02f, 0.05f, 0.1f, 0.3f, 0.4f], probabilities = [.. rare.SelectMany(p => new[] { 1 - p, p })];
        double threshold = DecisionRule.Tuned(MacroF.One, actual, probabilities, [4, 2]).Threshold;
        Assert.Equal((LogOdds(0.1) + LogOdds(0.3)) / 2, LogOdds(threshold), 1e-5);

        static double LogOdds(double p) => Math.Log(p / (1 - p));
    }

    [Fact]
    public void The_plain_rule_stays_where_none_is_better()
    {
        Assert.True(DecisionRule.Tuned(MacroF.One, [0, 0, 1], [0.9f, 0.1f, 0.8f, 0.2f, 0.3f, 0.7f], [2, 1]).IsEven);
        Assert.True(DecisionRule.Tuned(MacroF.One, [0, 1, 2], [0.9f, 0.1f, 0f, 0.2f, 0.8f, 0f, 0.1f, 0.1f, 0.8f], [1, 1, 1]).IsEven);
        Assert.True(DecisionRule.Tuned(AveragePrecision.Goal, [0, 0, 1], [0.9f, 0.1f, 0.8f, 0.2f, 0.7f, 0.3f], [2, 1]).IsEven);
    }

    /// <summary>Probabilities of a classifier that follows the shares: for balanced accuracy each is to be taken over its share (a = 1).</summary>
    [Fact]
    public void Of_several_classes_factors_undo_the_shares()
    {
        int[] counts = [900, 90, 10];
        (long[] actual, float[] probabilities) = Shares(counts, 5);
        Goal goal = BalancedAccuracy.Goal;
        DecisionRule tuned = DecisionRule.Tuned(goal, actual, probabilities, counts);
        Assert.True(Score(tuned) > Score(DecisionRule.Even(3)) + 0.1);
        Assert.True(Score(tuned) >= Score(new DecisionRule([1 / 900.0, 1 / 90.0, 1 / 10.0])) - 1e-12);

        double Score(DecisionRule rule) => goal.Score(actual, probabilities, rule.Decide(probabilities));
    }

    /// <summary>One class of two equally frequent ones is said too seldom: no power of the shares mends that, a factor of its own does.</summary>
    [Fact]
    public void Of_several_classes_one_that_is_said_too_seldom_gets_a_factor_of_its_own()
    {
        var random = new RandomStream(3);
        var actual = new List<long>();
        var probabilities = new List<float>();
        for (int i = 0; i < 300; i++)
        {
            int label = i % 3;
            float[] weights = [.. Enumerable.Range(0, 3).Select(c => (c == label ? 1 : 0.3f + 0.3f * random.NextSingle()) * (c == 2 ? 0.2f : 1))];
            actual.Add(label);
            probabilities.AddRange(weights.Select(w => w / weights.Sum()));
        }
        DecisionRule tuned = DecisionRule.Tuned(MacroF.One, [.. actual], [.. probabilities], [100, 100, 100]);
        Assert.Equal(actual, tuned.Decide([.. probabilities]));
        Assert.Equal(1, tuned.Factors.Sum(), 1e-9);
    }

    /// <summary>Probabilities that know nothing: a factor for each class gains by chance alone, so the rule has one number at most.</summary>
    [Fact]
    public void Of_several_classes_gains_by_chance_move_no_factor_of_its_own()
    {
        int own = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            (long[] actual, float[] probabilities) = Random(seed, 90, 3);
            DecisionRule tuned = DecisionRule.Tuned(MacroF.One, actual, probabilities, [30, 30, 30]);
            if (!tuned.IsEven) own++; // of equal shares, no power moves anything
        }
        Assert.InRange(own, 0, 6);
    }

    [Fact]
    public void Classes_that_do_not_occur_and_single_rows_are_no_error()
    {
        Assert.Equal(3, DecisionRule.Tuned(MacroF.One, [0, 0, 2], [0.5f, 0f, 0.5f, 1f, 0f, 0f, 0.4f, 0f, 0.6f], [2, 0, 1]).Factors.Length);
        Assert.Equal([1.0], DecisionRule.Tuned(MacroF.One, [0], [1f], [1]).Factors);
        Assert.Throws<ArgumentException>(() => DecisionRule.Tuned(MacroF.One, [0, 1], [1f], [1, 1]));
    }

    private static int[] Counts(long[] actual, int classes) => [.. Enumerable.Range(0, classes).Select(c => actual.Count(a => a == c))];

    /// <summary>Probabilities of few different values, so that many are equal; some are 0 or 1.</summary>
    private static (long[] Actual, float[] Probabilities) Random(ulong seed, int rows, int classes)
    {
        var random = new RandomStream(SeedStream.Derive(seed, "test"));
        long[] actual = [.. Enumerable.Range(0, rows).Select(i => (long)(i < classes ? i : random.Next(classes * classes) % classes))];
        float[] probabilities = new float[rows * classes];
        for (int row = 0; row < rows; row++)
        {
            float[] weights = [.. Enumerable.Range(0, classes).Select(_ => (float)random.Next(6))];
            if (weights.Sum() == 0) weights[0] = 1;
            for (int c = 0; c < classes; c++) probabilities[row * classes + c] = weights[c] / weights.Sum();
        }
        return (actual, probabilities);
    }

    private static (long[] Actual, float[] Probabilities) Shares(int[] counts, ulong seed)
    {
        var random = new RandomStream(seed);
        var actual = new List<long>();
        var probabilities = new List<float>();
        foreach ((int label, int count) in counts.Index())
        {
            for (int i = 0; i < count; i++)
            {
                double[] weights = [.. counts.Select((share, c) => share * Math.Exp((c == label ? 3 : 0) + 2 * random.NextDouble()))];
                actual.Add(label);
                probabilities.AddRange(weights.Select(w => (float)(w / weights.Sum())));
            }
        }
        return ([.. actual], [.. probabilities]);
    }
}
