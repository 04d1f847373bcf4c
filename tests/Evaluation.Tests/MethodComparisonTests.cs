using GanPipeline.Evaluation.Methods;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tests;

public class MethodComparisonTests
{
    private static readonly long[] Actual = [.. Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? 1L : 0)];

    [Fact]
    public void Ways_get_the_mean_score_of_their_classifiers_and_the_generator_the_gain_over_the_best_free_one()
    {
        long[] none = new long[100], half = [.. Actual.Select((a, i) => i % 20 == 0 ? a : 0)];
        var input = new MethodComparison([new("as it is", [none, none]), new("random over-sampling", [none, half])],
            new MethodPredictions("generator", [Actual, Actual]), Actual,
            ["usual", "rare"])
        { Rare = 1, Seed = 3 };
        Dictionary<string, MetricResult[]> results = MetricCatalog.MeasureAll(MetricCatalog.OfMethods, input).GroupBy(r => r.Metric)
            .ToDictionary(g => g.Key, g => g.ToArray());

        double noneF1 = 2.0 * 90 / 190 / 2, halfF1 = (2.0 * 90 / 185 + 2.0 * 5 / 15) / 2;
        Assert.Equal(["as it is", "random over-sampling", "generator"], results["classifier-macro-f1"].Select(r => r.Data));
        Assert.Equal([noneF1, (noneF1 + halfF1) / 2, 1], results["classifier-macro-f1"].Select(r => r.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0, 0.25, 1], results["classifier-recall"].Select(r => r.Value));
        Assert.All(results["classifier-recall"], r => Assert.Equal("rare", r.Class));
        MetricResult gain = Assert.Single(results["classifier-gain"]);
        Assert.Equal(1 - (noneF1 + halfF1) / 2, gain.Value, 1e-12);
        Assert.Equal("over 'random over-sampling', 100 test rows, 2 classifiers", gain.Sample);
        Assert.InRange(gain.Low!.Value, 0.1, gain.Value); // every draw is a gain: the two are scored on the same rows
    }

    [Fact]
    public void Nothing_is_concluded_from_a_class_of_fewer_than_ten_rows()
    {
        long[] actual = [.. Enumerable.Range(0, 99).Select(i => i % 11 == 0 ? 1L : 0)], none = new long[99];
        MethodPredictions generator = new("generator", [actual]);
        var input = new MethodComparison([new("as it is", [none])], generator, actual, ["usual", "rare"]) { Rare = 1, Seed = 3 };
        MetricResult[] results = [.. MetricCatalog.MeasureAll(MetricCatalog.OfMethods, input)];
        Assert.Equal(5, results.Length);
        Assert.All(results, r => Assert.Equal((null, null), (r.Low, r.High)));
        Assert.All(results, r => Assert.EndsWith("; too few rows to tell (9 of class 'rare')", r.Sample, StringComparison.Ordinal));
        var other = new MethodComparison([new("as it is", [none])], generator, actual, ["usual", "rare"]) { Rare = 0, Seed = 3 };
        Assert.All(MetricCatalog.MeasureAll(MetricCatalog.OfMethods.Named(["classifier-recall"]), other), r => Assert.NotNull(r.Low));
    }

    [Fact]
    public void The_gain_on_folds_stays_between_the_scores_ends()
    {
        Interval interval = FoldGain.Of([1, 1, 0.2], [0, 0.1, 0.1]).Interval;
        Assert.InRange(interval.Low, -1, 0.66);
        Assert.InRange(interval.High, 0.67, 1);
        Assert.Equal(0, FoldGain.Of([0.5, 0.5], [0.5, 0.5]).Interval.Low);
    }

    [Fact]
    public void Ways_that_do_the_same_differ_by_nothing_in_every_draw()
    {
        long[] same = [.. Actual.Select((a, i) => i % 3 == 0 ? 1 - a : a)];
        var input = new MethodComparison([new("as it is", [same])], new MethodPredictions("generator", [same]), Actual, ["usual", "rare"]) { Rare = 1 };
        MetricResult gain = Assert.Single(MetricCatalog.MeasureAll(MetricCatalog.OfMethods.Named(["classifier-gain"]), input));
        Assert.Equal((0, 0, 0), (gain.Value, gain.Low!.Value, gain.High!.Value));
    }
}
