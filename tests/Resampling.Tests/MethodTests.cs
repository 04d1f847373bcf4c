using FsCheck;
using FsCheck.Fluent;
using GanPipeline.Tables;

namespace GanPipeline.Resampling.Tests;

public sealed class MethodTests
{
    [Fact]
    public void A_class_below_the_share_is_filled_up_to_it_and_the_others_are_left_alone()
    {
        LabelledRows rows = Of(200, 60, 10, 0, 1);
        Assert.Equal([200, 60, 20, 0, 20], rows.Targets(0.1));
        Assert.Equal([200, 100, 100, 0, 100], rows.Targets(0.5));
        Assert.Equal([2L, 2, 4, 4], Of(20, 6, 1, 0, 1).Lacking(0.14)); // 2.8 rows are 3
        Assert.Equal(rows.Lacking(1), rows.Lacking());
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Lacking(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Lacking(1.1));
    }

    /// <summary>At a share of 1 they are N / (C·n_c); at any, each class weighs as much as it would have rows, and all together as much as there are.</summary>
    [Fact]
    public void Class_weights_stand_for_the_rows_that_would_be_added() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, 40).ArrayOf(4).SelectMany(counts => Gen.Choose(1, 100).Select(percent => (counts, percent)))), c =>
        {
            LabelledRows rows = Of([.. c.counts, 7]);
            int[] counts = rows.ClassCounts(), targets = rows.Targets(c.percent / 100.0);
            float[] weights = rows.ClassWeights(c.percent / 100.0), even = rows.ClassWeights();
            Assert.Equal(rows.Count, weights.Sum(), 0.01);
            for (int i = 0; i < counts.Length; i++)
            {
                double share = rows.PlacesOf(i).Sum(place => (double)weights[place]) / rows.Count;
                Assert.Equal((double)targets[i] / targets.Sum(), share, 1e-5);
            }
            int classes = counts.Count(count => count > 0);
            Assert.All(rows.Labels.Zip(even), row => Assert.Equal((double)rows.Count / (classes * counts[row.First]), row.Second, 1e-4));
        }).QuickCheckThrowOnFailure();

    /// <summary>Untouched, then each way at each share; shares that the data have already are not among them.</summary>
    [Fact]
    public void Every_method_reaches_its_share_exactly_and_says_it()
    {
        LabelledRows rows = Of(200, 60, 10);
        IReadOnlyList<Method> methods = Method.All(null, rows);
        Assert.Equal("untouched", methods[0].Key);
        Assert.Equal(methods.Count, methods.Select(m => m.Key).Distinct().Count());
        Assert.Contains("SMOTE with 10 neighbours at .25", methods.Select(m => m.Key));
        Assert.Equal([0.1, 0.25, 0.5, 1], methods.Where(m => m.Name.StartsWith("class weights", StringComparison.Ordinal)).Select(m => m.Share));
        foreach (Method method in methods.Skip(1))
        {
            WeightedRows made = method.Resample(rows, 1, TestContext.Current.CancellationToken);
            Assert.Equal(made.Weights is null ? rows.Targets(method.Share) : rows.ClassCounts(), made.Rows.ClassCounts());
            Assert.Equal(rows.Values, made.Rows.Values.Take(rows.Values.Length)); // real rows come first, as they are
        }
        Assert.Equal([0.5, 1], Method.All(null, Of(100, 30)).Select(m => m.Share).Where(share => share > 0).Distinct());
        Assert.Equal(["untouched"], Method.All(null, Of(5, 5)).Select(m => m.Key));
    }

    [Fact]
    public void A_classifier_is_trained_on_the_weights_of_the_method()
    {
        LabelledRows rows = Of(6, 2);
        var trainer = new Listening();
        Method weights = Method.All(null, rows).Last(m => m.Name.StartsWith("class weights", StringComparison.Ordinal));
        _ = weights.Predict(trainer, weights.Resample(rows, 1, default), new float[1], 1, TestContext.Current.CancellationToken);
        Assert.Equal(rows.ClassWeights(), trainer.Weights);
        _ = Method.Untouched.Predict(trainer, Method.Untouched.Resample(rows, 1, default), new float[1], 1, TestContext.Current.CancellationToken);
        Assert.Null(trainer.Weights);
    }

    private static LabelledRows Of(params int[] counts)
    {
        long[] labels = [.. counts.SelectMany((count, c) => Enumerable.Repeat((long)c, count))];
        return new LabelledRows([.. labels.Select((_, i) => (float)i)], 1, labels, [.. counts.Select((_, c) => $"c{c}")]);
    }

    private sealed class Listening : IClassifierTrainer, IFittedClassifier
    {
        public float[]? Weights { get; private set; }

        public string Name => "listening";

        public IFittedClassifier Fit(LabelledRows rows, float[]? weights, ulong seed, CancellationToken stop)
        {
            Weights = weights;
            return this;
        }

        public float[] Probabilities(ReadOnlyMemory<float> rows) => [0.5f, 0.5f];

        public void Dispose()
        {
        }
    }
}
