using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Primitives;
using GanPipeline.Resampling;
using GanPipeline.Resampling.Goals;

namespace GanPipeline.Evaluation.Tests;

public class BoostedTreesTests
{
    /// <summary>Both libraries: what the other platforms take is tried here too.</summary>
    public static readonly TheoryData<bool> Libraries = new(true, false);

    [Theory, MemberData(nameof(Libraries))]
    public void Learn_two_moons_and_are_the_same_for_a_seed(bool lightGbm)
    {
        LabelledRows test = Moons(1000, 1000, seed: 2);
        using IFittedClassifier classifier = Fit(Moons(500, 500, seed: 1), lightGbm), again = Fit(Moons(500, 500, seed: 1), lightGbm),
            other = Fit(Moons(500, 500, seed: 1), lightGbm, seed: 1);
        Assert.True(Scores(classifier, test).BalancedAccuracy > 0.9);
        Assert.Equal(classifier.Probabilities(test.Values), again.Probabilities(test.Values)); // to the bit
        Assert.NotEqual(classifier.Predict(test.Values, 2), other.Predict(test.Values, 2));
    }

    [Theory, MemberData(nameof(Libraries))]
    public void Miss_a_rare_class_that_they_find_when_the_rows_are_balanced(bool lightGbm)
    {
        LabelledRows test = Moons(1000, 1000, seed: 3);
        using IFittedClassifier plain = Fit(Moons(1000, 50, seed: 4), lightGbm), better = Fit(Moons(1000, 1000, seed: 4), lightGbm);
        ClassificationScores before = Scores(plain, test), after = Scores(better, test);
        Assert.True(after.Recall[1] > before.Recall[1] + 0.1, $"recall of the rare class {before.Recall[1]}, balanced {after.Recall[1]}");
        Assert.True(after.MacroF1 > before.MacroF1);
    }

    [Theory, MemberData(nameof(Libraries))]
    public void Find_a_rare_class_without_more_rows_when_all_are_taken_as_equally_frequent_or_its_rows_count_more(bool lightGbm)
    {
        LabelledRows test = Moons(1000, 1000, seed: 3), imbalanced = Moons(1000, 50, seed: 4);
        using IFittedClassifier classifier = Fit(imbalanced, lightGbm);
        ClassificationScores plain = Scores(classifier, test);
        long[] balanced = new DecisionRule([1 / 1000.0, 1 / 50.0]).Decide(classifier.Probabilities(test.Values));
        ClassificationScores moved = ClassificationScores.Of(test.Labels, balanced, 2);
        Assert.True(moved.Recall[1] > plain.Recall[1] + 0.05, $"recall of the rare class {plain.Recall[1]}, moved {moved.Recall[1]}");
        float[] weights = [.. imbalanced.Labels.Select(label => label == 1 ? 20f : 1)];
        using IFittedClassifier weighted = new BoostedTrees(lightGbm).Fit(imbalanced, weights, 0, default);
        Assert.True(Scores(weighted, test).Recall[1] > plain.Recall[1] + 0.02, $"rows that count more: {Scores(weighted, test).Recall[1]}");
    }

    [Theory, MemberData(nameof(Libraries))]
    public void Do_not_mind_the_units_of_columns_nor_constant_ones(bool lightGbm)
    {
        LabelledRows moons = Moons(500, 500, seed: 1);
        float[] values = [.. Enumerable.Range(0, 1000).SelectMany(i => new[] { 1e6f * moons.Values[2 * i] + 3e6f, 5f, 1e-4f * moons.Values[2 * i + 1] })];
        LabelledRows rows = moons with { Values = values, Columns = 3 };
        using IFittedClassifier classifier = Fit(rows, lightGbm);
        Assert.True(Scores(classifier, rows).Accuracy > 0.9);
    }

    [Theory, MemberData(nameof(Libraries))]
    public void Tell_several_classes_apart_of_which_one_has_no_rows(bool lightGbm)
    {
        float[] noise = TestData.Normal(400, 2, 1, 0, 0.5f).Values;
        var rows = new LabelledRows([.. noise.Select((v, i) => v + 5 * (i / 2 % 4))], 2,
            [.. Enumerable.Range(0, 400).Select(i => i % 4 + (i % 4 > 1 ? 1L : 0))],
            ["a", "b", "none", "c", "d"]);
        using IFittedClassifier classifier = Fit(rows, lightGbm);
        float[] probabilities = classifier.Probabilities(rows.Values);
        Assert.Equal(400 * 5, probabilities.Length);
        Assert.All(probabilities.Chunk(5), of => Assert.Equal((1.0, 0f), (Math.Round(of.Sum(), 5), of[2])));
        Assert.True(Scores(classifier, rows).Accuracy > 0.98);
    }

    [Theory, MemberData(nameof(Libraries))]
    public void Learn_from_a_few_rows_and_from_one_class(bool lightGbm)
    {
        using IFittedClassifier few = Fit(new LabelledRows([0, 1, 2, 3, 10, 11, 12, 13], 1, [0, 0, 0, 0, 2, 2, 2, 2], ["a", "b", "c"]), lightGbm);
        Assert.Equal([0, 2], few.Predict(new float[] { 1, 11 }, 3));
        Assert.Empty(few.Predict(Array.Empty<float>(), 3));
        using IFittedClassifier one = Fit(new LabelledRows([0, 1], 1, [1, 1], ["a", "b"]), lightGbm);
        Assert.Equal([0, 1, 0, 1], one.Probabilities(new float[] { 5, 6 }));
    }

    [Fact]
    public void Refuse_rows_that_they_cannot_learn_from()
    {
        static string Refused(LabelledRows rows) => Assert.Throws<UserErrorException>(() => Fit(rows, true)).Message;
        Assert.Contains("row 1, column 0", Refused(new([1, 2, float.NaN, 4], 2, [0, 1], ["a", "b"])));
        Assert.Contains("label 2 at item 1", Refused(new([1, 2, 3, 4], 2, [0, 2], ["a", "b"])));
        Assert.Contains("no rows", Refused(new([], 2, [], ["a", "b"])));
        Assert.Throws<ArgumentException>(() => Fit(new([1, 2, 3], 2, [0, 1], ["a", "b"]), true));
        Assert.Throws<ArgumentException>(() => Fit(new([1, 2, 3, 4], 2, [0], ["a", "b"]), true));
        Assert.Throws<ArgumentException>(() => new BoostedTrees(true).Fit(new([1, 2], 1, [0, 1], ["a", "b"]), [1], 0, default));
        using IFittedClassifier classifier = Fit(new([1, 2], 1, [0, 1], ["a", "b"]), true);
        Assert.Throws<UserErrorException>(() => classifier.Probabilities(new[] { float.PositiveInfinity }));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => BoostedTrees.Default.Fit(Moons(10, 10, 1), null, 0, stop.Token));
    }

    private static LabelledRows Moons(int upper, int lower, ulong seed)
    {
        (float[] points, long[] labels) = TestData.Moons(upper, lower, seed);
        return new LabelledRows(points, 2, labels, ["upper", "lower"]);
    }

    private static IFittedClassifier Fit(LabelledRows rows, bool lightGbm, ulong seed = 0) => new BoostedTrees(lightGbm).Fit(rows, null, seed, default);

    private static ClassificationScores Scores(IFittedClassifier classifier, LabelledRows rows) =>
        ClassificationScores.Of(rows.Labels, classifier.Predict(rows.Values, rows.ClassNames.Count), rows.ClassNames.Count);
}
