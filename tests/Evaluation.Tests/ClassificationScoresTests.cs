using FsCheck;
using FsCheck.Fluent;
using GanPipeline.Primitives;

namespace GanPipeline.Evaluation.Tests;

public class ClassificationScoresTests
{
    [Fact]
    public void Are_those_counted_by_hand()
    {
        // class 0: 3 of 4 right; class 1: 1 of 2; class 2: 2 of 4, and one of each of the others is taken for it
        ClassificationScores scores = ClassificationScores.Of([0, 0, 0, 0, 1, 1, 2, 2, 2, 2], [0, 0, 0, 2, 1, 2, 2, 2, 0, 1], 3);
        Assert.Equal(new long[,] { { 3, 0, 1 }, { 0, 1, 1 }, { 1, 1, 2 } }, scores.ConfusionMatrix);
        Assert.Equal(0.6, scores.Accuracy, 1e-12);
        Near([0.75, 0.5, 0.5], scores.Recall);
        Near([0.75, 0.5, 0.5], scores.Precision);
        Near([0.75, 0.5, 0.5], scores.F1);
        Assert.Equal(1.75 / 3, scores.BalancedAccuracy, 1e-12);
        Assert.Equal(1.75 / 3, scores.MacroF1, 1e-12);
    }

    [Fact]
    public void See_the_minority_that_accuracy_does_not()
    {
        ClassificationScores scores = ClassificationScores.Of([0, 0, 0, 0, 0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 2);
        Assert.Equal(0.9, scores.Accuracy, 1e-12);
        Near([1, 0.5], scores.Recall);
        Near([8.0 / 9, 1], scores.Precision);
        Near([16.0 / 17, 2.0 / 3], scores.F1);
        Assert.Equal(0.75, scores.BalancedAccuracy, 1e-12);
        Assert.Equal((16.0 / 17 + 2.0 / 3) / 2, scores.MacroF1, 1e-12);
    }

    [Fact]
    public void Leave_out_classes_that_do_not_occur_but_count_those_never_predicted()
    {
        ClassificationScores scores = ClassificationScores.Of([0, 0, 1, 1], [0, 3, 0, 3], 5);
        Near([0.5, 0, double.NaN, double.NaN, double.NaN], scores.Recall);
        Near([0.5, 0, double.NaN, 0, double.NaN], scores.Precision);
        Near([0.5, 0, double.NaN, 0, double.NaN], scores.F1);
        Assert.Equal(0.25, scores.BalancedAccuracy, 1e-12);
        Assert.Equal(0.5 / 3, scores.MacroF1, 1e-12);
    }

    [Fact]
    public void Of_perfect_predictions_are_all_one_and_do_not_depend_on_the_order()
    {
        Gen<long> label = Gen.Choose(0, 3).Select(l => (long)l);
        Prop.ForAll(Arb.From(Gen.Zip(label, label).NonEmptyListOf()), pairs =>
        {
            long[] actual = [.. pairs.Select(p => p.Item1)], predicted = [.. pairs.Select(p => p.Item2)];
            ClassificationScores perfect = ClassificationScores.Of(actual, actual, 4), scores = ClassificationScores.Of(actual, predicted, 4);
            ClassificationScores turned = ClassificationScores.Of([.. actual.Reverse()], [.. predicted.Reverse()], 4);
            return (perfect.Accuracy, perfect.MacroF1, perfect.BalancedAccuracy) == (1, 1, 1)
                && (scores.Accuracy, scores.MacroF1, scores.BalancedAccuracy) == (turned.Accuracy, turned.MacroF1, turned.BalancedAccuracy);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Refuse_labels_outside_the_classes_and_sides_that_do_not_match()
    {
        string Refused(long[] actual, long[] predicted) => Assert.Throws<UserErrorException>(() => ClassificationScores.Of(actual, predicted, 2)).Message;
        Assert.Contains("label 2 at item 1 is outside the 2 classes", Refused([0, 1], [0, 2]));
        Assert.Contains("label -1 at item 0", Refused([-1, 1], [0, 1]));
        Assert.Throws<ArgumentException>(() => ClassificationScores.Of([0, 1], [0], 2));
        Assert.Throws<ArgumentException>(() => ClassificationScores.Of([], [], 2));
    }

    private static void Near(double[] expected, double[] actual) =>
        Assert.Equal(expected, actual, (e, a) => e.Equals(a) || Math.Abs(e - a) < 1e-12);
}
