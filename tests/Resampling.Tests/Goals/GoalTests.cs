using GanPipeline.Primitives;
using GanPipeline.Resampling.Goals;

namespace GanPipeline.Resampling.Tests.Goals;

public sealed class GoalTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    private static readonly long[] Actual = [0, 1, 2, 2, 1, 2, 2, 0, 0, 0, 0, 2, 2, 0, 1, 2, 0, 2, 0, 1, 2, 0, 1, 0];

    private static readonly float[] Probabilities =
    [
        0.23f, 0.28f, 0.49f, 0.05f, 0.77f, 0.18f, 0.27f, 0.68f, 0.06f, 0.03f, 0.59f, 0.38f, 0.69f, 0.15f, 0.16f, 0.68f, 0.3f, 0.01f,
        0.15f, 0.52f, 0.33f, 0.6f, 0f, 0.39f, 0.07f, 0.1f, 0.84f, 0.2f, 0.55f, 0.25f, 0.83f, 0.05f, 0.11f, 0.09f, 0.44f, 0.47f,
        0.08f, 0.24f, 0.68f, 0.07f, 0.09f, 0.84f, 0.36f, 0.51f, 0.13f, 0.43f, 0.25f, 0.31f, 0.04f, 0.71f, 0.25f, 0.44f, 0.01f, 0.55f,
        0.39f, 0.39f, 0.21f, 0.38f, 0.44f, 0.18f, 0.13f, 0.62f, 0.25f, 0.68f, 0.1f, 0.22f, 0.73f, 0.26f, 0.01f, 0.28f, 0.1f, 0.62f,
    ];

    /// <summary>Golden values of scikit-learn: f1_score, fbeta_score(beta=2) with average='macro', balanced_accuracy_score, average_precision_score.</summary>
    [Theory]
    [InlineData("f1", 0.416005291005291)]
    [InlineData("recall", 0.427581751759779)]
    [InlineData("balanced", 0.4444444444444444)]
    [InlineData("prauc", 0.45102165923706133)]
    public void Scores_are_those_of_scikit_learn(string goal, double expected)
    {
        long[] predicted = DecisionRule.Even(3).Decide(Probabilities);
        Assert.Equal(expected, Goal.Parse(goal, Names).Score(Actual, Probabilities, predicted), 1e-12);
    }

    [Fact]
    public void Average_precision_of_two_classes_is_that_of_the_rarer_one()
    {
        long[] rare = Array.ConvertAll(Actual, label => label == 2 ? 1L : 0);
        float[] two = [.. Enumerable.Range(0, rare.Length).SelectMany(i => new[] { 1 - Probabilities[3 * i + 2], Probabilities[3 * i + 2] })];
        Assert.Equal(0.4322711239377906, AveragePrecision.Goal.Score(rare, two, []), 1e-12);
        // The same with the two classes the other way round.
        float[] turned = [.. Enumerable.Range(0, rare.Length).SelectMany(i => new[] { two[2 * i + 1], two[2 * i] })];
        Assert.Equal(0.4322711239377906, AveragePrecision.Goal.Score(Array.ConvertAll(rare, label => 1 - label), turned, []), 1e-12);
    }

    /// <summary>Of equal probabilities none is before another: the precision is the share of the class.</summary>
    [Fact]
    public void Average_precision_of_constant_probabilities_is_the_share_of_the_class()
    {
        Assert.Equal(0.2, AveragePrecision.Goal.Score([1, 0, 0, 0, 0], [.. Enumerable.Repeat(0.5f, 10)], []));
        Assert.False(AveragePrecision.Goal.UsesDecisions);
    }

    [Fact]
    public void A_class_that_neither_occurs_nor_is_predicted_does_not_count()
    {
        float[] any = new float[12];
        Assert.Equal(1, Goal.Parse("f1", Names).Score([0, 0, 1, 1], any, [0, 0, 1, 1]));
        Assert.Equal(1, Goal.Parse("balanced", Names).Score([0, 0, 1, 1], any, [0, 0, 1, 1]));
        // Predicted and absent: F1 of 0 for it. 2·1/(2 + 1) for class 0, 1 for class 1.
        Assert.Equal((2.0 / 3 + 1 + 0) / 3, Goal.Parse("f1", Names).Score([0, 0, 1, 1], any, [0, 2, 1, 1]), 1e-12);
    }

    /// <summary>Recall alone would be 1 for a classifier that calls all rows rare; macro-F2 is not.</summary>
    [Fact]
    public void The_goal_of_recall_is_not_won_by_calling_every_row_rare()
    {
        Goal goal = Goal.Parse("recall", ["common", "rare"]);
        long[] actual = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1];
        float[] any = new float[20];
        Assert.True(goal.Score(actual, any, [0, 0, 0, 0, 0, 0, 0, 1, 1, 1]) > goal.Score(actual, any, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]));
        // And a missed row costs more than a false alarm.
        Assert.True(goal.Score(actual, any, [0, 0, 0, 0, 0, 0, 0, 1, 1, 1]) > goal.Score(actual, any, [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]));
    }

    [Fact]
    public void Costs_are_given_as_pairs_or_as_a_file()
    {
        float[] any = new float[12];
        long[] actual = [0, 0, 1, 2], predicted = [0, 1, 0, 2];
        // a row of b taken for a: 10; a taken for b, which nothing is said of: 1
        Assert.Equal(-11 / 4.0, Goal.Parse("cost=b>a=10", Names).Score(actual, any, predicted));
        Assert.Equal(-(10 + 0.5 - 2) / 4, Goal.Parse("cost=b>a=10, a>b=0.5,c>c=-2", Names).Score(actual, any, predicted));
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        File.WriteAllText(file, "actual,a,b\nb,10,0\na,0,0.5\n");
        try { Assert.Equal(-10.5 / 4, Goal.Parse($"cost={file}", Names).Score(actual, any, predicted)); }
        finally { File.Delete(file); }
    }

    [Theory]
    [InlineData("f2", "no such goal")]
    [InlineData("cost=x>a=1", "no class 'x'")]
    [InlineData("cost=b>a=much", "'much' is no cost")]
    [InlineData("cost=nofile.csv", "no file of that name")]
    public void What_is_no_goal_is_refused_with_a_sentence(string text, string says) =>
        Assert.Contains(says, Assert.Throws<UserErrorException>(() => Goal.Parse(text, Names)).Message, StringComparison.Ordinal);
}
