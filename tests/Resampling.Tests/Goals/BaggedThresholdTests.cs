using GanPipeline.Primitives;
using GanPipeline.Resampling.Goals;

namespace GanPipeline.Resampling.Tests.Goals;

public sealed class BaggedThresholdTests
{
    /// <summary>
    /// Scores of two overlapping classes, of which thirteen rows are rare: the threshold that is best on these rows is worse on others than the bagged one.
    /// </summary>
    [Fact]
    public void It_is_better_on_other_rows_than_the_single_best_threshold()
    {
        (long[] others, float[] scores) = Draw(9999, 20_000, 2600);
        double gain = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            (long[] actual, float[] probabilities) = Draw(seed, 100, 13);
            gain += (Score(BaggedThreshold.Of(MacroF.One, actual, probabilities, [87, 13])) -
                Score(DecisionRule.Tuned(MacroF.One, actual, probabilities, [87, 13]))) / 40;
        }
        Assert.InRange(gain, 0.003, 0.05);

        double Score(DecisionRule rule) => MacroF.One.Score(others, scores, rule.Decide(scores));
    }

    [Fact]
    public void The_same_rows_have_the_same_rule_and_a_plain_one_and_those_of_more_classes_stay()
    {
        (long[] actual, float[] probabilities) = Draw(3, 100, 13);
        DecisionRule once = BaggedThreshold.Of(MacroF.One, actual, probabilities, [87, 13]);
        Assert.Equal(once.Factors, BaggedThreshold.Of(MacroF.One, actual, probabilities, [87, 13]).Factors);
        Assert.False(once.IsEven);
        Assert.True(BaggedThreshold.Of(AveragePrecision.Goal, actual, probabilities, [87, 13]).IsEven);
        Assert.True(BaggedThreshold.Of(MacroF.One, [0, 0, 1], [0.9f, 0.1f, 0.8f, 0.2f, 0.3f, 0.7f], [2, 1]).IsEven);
        long[] three = [0, 0, 0, 1, 1, 2];
        float[] said = [0.5f, 0.4f, 0.1f, 0.6f, 0.2f, 0.2f, 0.5f, 0.3f, 0.2f, 0.5f, 0.45f, 0.05f, 0.6f, 0.35f, 0.05f, 0.5f, 0.2f, 0.3f];
        Assert.Equal(DecisionRule.Tuned(MacroF.One, three, said, [3, 2, 1]).Factors, BaggedThreshold.Of(MacroF.One, three, said, [3, 2, 1]).Factors);
    }

    /// <summary>Log odds around -3 for the one class and around -1 for the other, as of a classifier that has seen few rare rows.</summary>
    private static (long[] Actual, float[] Probabilities) Draw(ulong seed, int rows, int rare)
    {
        float[] noise = new float[rows];
        GaussianNoise.Fill(seed, 0, 1, noise);
        long[] actual = [.. Enumerable.Range(0, rows).Select(row => row < rare ? 1L : 0)];
        float[] ofRare = [.. noise.Select((z, row) => (float)(1 / (1 + Math.Exp(3 - 2 * actual[row] - 1.3 * z))))];
        return (actual, [.. ofRare.SelectMany(p => new[] { 1 - p, p })]);
    }
}
