using GanPipeline.Primitives;
using TorchSharp;

namespace GanPipeline.Evaluation.Tests;

public class VectorClassifierTests
{
    [Fact]
    public void Learns_two_moons_and_is_the_same_for_a_seed()
    {
        (float[] points, long[] labels) = TestData.Moons(500, 500, seed: 1);
        (float[] test, long[] testLabels) = TestData.Moons(1000, 1000, seed: 2);
        using VectorClassifier classifier = VectorClassifier.Train(points, 2, labels, 2), again = VectorClassifier.Train(points, 2, labels, 2);
        using VectorClassifier other = VectorClassifier.Train(points, 2, labels, 2, new VectorClassifierOptions { Seed = 1 });
        Assert.True(classifier.Score(test, testLabels).BalancedAccuracy > 0.9);
        Assert.Equal(classifier.Predict(test), again.Predict(test));
        Assert.NotEqual(classifier.Predict(test), other.Predict(test));
    }

    [Fact]
    public void Misses_a_rare_class_that_it_finds_when_the_rows_are_balanced()
    {
        (float[] test, long[] testLabels) = TestData.Moons(1000, 1000, seed: 3);
        (float[] imbalanced, long[] imbalancedLabels) = TestData.Moons(1000, 50, seed: 4);
        (float[] balanced, long[] balancedLabels) = TestData.Moons(1000, 1000, seed: 4);
        using VectorClassifier plain = VectorClassifier.Train(imbalanced, 2, imbalancedLabels, 2);
        using VectorClassifier better = VectorClassifier.Train(balanced, 2, balancedLabels, 2);
        ClassificationScores before = plain.Score(test, testLabels), after = better.Score(test, testLabels);
        Assert.True(after.Recall[1] > before.Recall[1] + 0.1, $"recall of the rare class {before.Recall[1]}, balanced {after.Recall[1]}");
        Assert.True(after.MacroF1 > before.MacroF1);
    }

    [Fact]
    public void Taken_as_equally_likely_a_rare_class_is_found_without_more_rows()
    {
        (float[] test, long[] testLabels) = TestData.Moons(1000, 1000, seed: 3);
        (float[] imbalanced, long[] imbalancedLabels) = TestData.Moons(1000, 50, seed: 4);
        using VectorClassifier classifier = VectorClassifier.Train(imbalanced, 2, imbalancedLabels, 2);
        ClassificationScores plain = classifier.Score(test, testLabels),
            moved = ClassificationScores.Of(testLabels, classifier.Predict(test, balanced: true), 2);
        Assert.True(moved.Recall[1] > plain.Recall[1] + 0.05, $"recall of the rare class {plain.Recall[1]}, moved {moved.Recall[1]}");
        // What it says then is what its probabilities say, each in relation to its class's share of the rows.
        float[] probabilities = classifier.Probabilities(test);
        Assert.Equal(testLabels.Select((_, i) => probabilities[2 * i + 1] / 50 > probabilities[2 * i] / 1000 ? 1L : 0),
            classifier.Predict(test, balanced: true));
        using VectorClassifier even = VectorClassifier.Train(test, 2, testLabels, 2);
        Assert.Equal(even.Predict(test), even.Predict(test, balanced: true));
    }

    [Fact]
    public void Does_not_mind_the_units_of_columns_nor_constant_ones()
    {
        (float[] points, long[] labels) = TestData.Moons(500, 500, seed: 1);
        IEnumerable<int> all = Enumerable.Range(0, 1000);
        float[] rows = [.. all.SelectMany(i => new[] { 1e6f * points[2 * i] + 3e6f, 5f, 1e-4f * points[2 * i + 1] })];
        using VectorClassifier classifier = VectorClassifier.Train(rows, 3, labels, 2);
        Assert.True(classifier.Score(rows, labels).Accuracy > 0.9);
    }

    [Fact]
    public void Learns_from_fewer_rows_than_a_batch()
    {
        var options = new VectorClassifierOptions { Steps = 100 };
        using VectorClassifier classifier = VectorClassifier.Train([0, 1, 2, 10, 11, 12], 1, [0, 0, 0, 2, 2, 2], 3, options);
        Assert.Equal([0, 2], classifier.Predict([1, 11]));
        Assert.Empty(classifier.Predict([]));
    }

    [Fact]
    public void Holds_the_same_tensors_however_long_it_trains_and_predicts()
    {
        (float[] points, long[] labels) = TestData.Moons(200, 200, seed: 1);
        long Left(int steps)
        {
            long before = TestData.LiveTensors();
            VectorClassifier.Train(points, 2, labels, 2, new VectorClassifierOptions { Steps = steps }).Dispose();
            return TestData.LiveTensors() - before;
        }
        _ = Left(1);
        Assert.Equal(Left(1), Left(50)); // TorchSharp goes on counting a disposed layer's parameters, so neither is 0

        using VectorClassifier classifier = VectorClassifier.Train(points, 2, labels, 2);
        long held = TestData.LiveTensors();
        for (int i = 0; i < 3; i++) _ = classifier.Predict(points);
        Assert.Equal(held, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Refuses_rows_it_cannot_learn_from()
    {
        Assert.Contains("row 1, column 0", Assert.Throws<UserErrorException>(() => VectorClassifier.Train([1, 2, float.NaN, 4], 2, [0, 1], 2)).Message);
        Assert.Contains("label 2 at item 1", Assert.Throws<UserErrorException>(() => VectorClassifier.Train([1, 2, 3, 4], 2, [0, 2], 2)).Message);
        Assert.Contains("no rows", Assert.Throws<UserErrorException>(() => VectorClassifier.Train([], 2, [], 2)).Message);
        Assert.Throws<ArgumentException>(() => VectorClassifier.Train([1, 2, 3], 2, [0, 1], 2));
        Assert.Throws<ArgumentException>(() => VectorClassifier.Train([1, 2, 3, 4], 2, [0], 2));
    }
}
