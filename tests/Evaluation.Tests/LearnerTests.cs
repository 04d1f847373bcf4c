using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Primitives;
using GanPipeline.Resampling;

namespace GanPipeline.Evaluation.Tests;

public class LearnerTests
{
    public static readonly TheoryData<string> Names = new("logistic", "fasttree", "lightgbm");

    [Theory, MemberData(nameof(Names))]
    public void Learn_a_line_of_two_classes_and_say_probabilities(string name)
    {
        LabelledRows train = Line(400, 1), test = Line(400, 2);
        IClassifierTrainer trainer = Assert.Single(Learners.Parse(name));
        using IFittedClassifier fitted = trainer.Fit(train, null, 1, default), again = trainer.Fit(train, null, 1, default);
        float[] probabilities = fitted.Probabilities(test.Values);
        Assert.Equal(probabilities, again.Probabilities(test.Values)); // to the bit
        Assert.All(probabilities.Chunk(2), p => Assert.Equal(1, p[0] + p[1], 1e-5f));
        Assert.True(ClassificationScores.Of(test.Labels, fitted.Predict(test.Values, 2), 2).Accuracy > 0.9, trainer.Name);
    }

    [Theory, MemberData(nameof(Names))]
    public void Tell_three_classes_apart_and_never_say_one_without_rows(string name)
    {
        var rows = new LabelledRows([.. Enumerable.Range(0, 300).Select(i => i % 3 * 10f + i % 7)], 1,
            [.. Enumerable.Range(0, 300).Select(i => i % 3 * 1L + i % 3 / 2)], ["a", "b", "none", "c"]);
        using IFittedClassifier fitted = Learners.Parse(name)[0].Fit(rows, null, 1, default);
        Assert.True(ClassificationScores.Of(rows.Labels, fitted.Predict(rows.Values, 4), 4).Accuracy > 0.95);
        Assert.All(fitted.Probabilities(rows.Values).Chunk(4), p => Assert.Equal((0f, 1.0), (p[2], Math.Round(p.Sum(), 4))));
    }

    [Theory, MemberData(nameof(Names))]
    public void Rows_that_weigh_more_are_found_more_often(string name)
    {
        LabelledRows all = Line(1200, 3), test = Line(400, 4);
        LabelledRows rows = all.Pick([.. Enumerable.Range(0, all.Count).Where(i => all.Labels[i] == 0 || i % 12 == 0)]);
        IClassifierTrainer trainer = Learners.Parse(name)[0];
        using IFittedClassifier plain = trainer.Fit(rows, null, 1, default), weighted = trainer.Fit(rows, rows.ClassWeights(), 1, default);
        Assert.True(Recall(weighted) > Recall(plain) + 0.02, $"{trainer.Name}: {Recall(weighted)} of {Recall(plain)}");

        double Recall(IFittedClassifier fitted) => ClassificationScores.Of(test.Labels, fitted.Predict(test.Values, 2), 2).Recall[1];
    }

    /// <summary>The penalty is on standardised columns: a unit a thousand times as small changes nothing.</summary>
    [Fact]
    public void Logistic_regression_does_not_mind_units()
    {
        LabelledRows rows = Line(300, 5), scaled = rows with { Values = [.. rows.Values.Select((v, i) => i % 2 == 0 ? 1000 * v + 5 : v)] };
        IClassifierTrainer trainer = Learners.Parse("logistic")[0];
        using IFittedClassifier one = trainer.Fit(rows, null, 1, default), other = trainer.Fit(scaled, null, 1, default);
        Assert.All(one.Probabilities(rows.Values).Zip(other.Probabilities(scaled.Values)), pair => Assert.Equal(pair.First, pair.Second, 2e-3f));
    }

    [Fact]
    public void Names_are_those_of_the_command_line()
    {
        Assert.Equal(3, Learners.Parse("all").Count);
        string says = Assert.Throws<UserErrorException>(() => Learners.Parse("svm")).Message;
        Assert.Contains("logistic, fasttree, lightgbm or all", says, StringComparison.Ordinal);
    }

    /// <summary>Two overlapping classes on either side of a line.</summary>
    private static LabelledRows Line(int count, ulong seed)
    {
        var random = new RandomStream(seed);
        float[] values = [.. Enumerable.Range(0, 2 * count).Select(_ => random.NextSingle())];
        return new LabelledRows(values, 2, [.. Enumerable.Range(0, count).Select(i => Above(values[2 * i] + values[2 * i + 1]))], ["a", "b"]);

        long Above(float sum) => sum + 0.2f * random.NextSingle() > 1.1f ? 1 : 0;
    }
}
