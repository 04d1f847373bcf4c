using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Evaluation.Points;
using GanPipeline.Primitives;

namespace GanPipeline.Evaluation.Tests;

public class FeatureMetricTests
{
    [Theory]
    [InlineData("precision")]
    [InlineData("recall")]
    [InlineData("density")]
    [InlineData("coverage")]
    public void Neighbourhood_metrics_agree_with_the_published_formulas(string metric)
    {
        var sets = new FeatureComparison(new FeatureSet(TestData.Waves(200, 0.05, 1.3)), new FeatureSet(TestData.Waves(300, 0, 1)), "waves");
        MetricResult result = Whole(metric, sets);
        Assert.Equal(Recorded.Number(metric), result.Value, 1e-12); // counts: all digits
        Assert.InRange(result.Value, result.Low!.Value, result.High!.Value);
        Assert.Equal("200 generated against 300 test samples, waves", result.Sample);
    }

    [Fact]
    public void Kernel_distance_agrees_with_scikit_learn() => // ten digits
        Assert.Equal(Recorded.Number("kernel-distance"), KernelDistance.Between(new FeatureSet(TestData.Waves(300, 0, 1)),
            new FeatureSet(TestData.Waves(200, 0.1, 1.5))), 1e-9);

    [Fact]
    public void Kernel_distance_of_gaussians_in_one_dimension_follows_the_closed_form()
    {
        // E k(x, y) of (xy + 1)³ = m3 n3 + 3 m2 n2 + 3 m1 n1 + 1 with the moments of each; so MMD² = Σ c (m - n)²: for N(1/2, 1) against N(0, 1)
        // the moments are (1/2, 5/4, 13/8) and (0, 1, 0).
        double expected = 3 * 0.25 + 3 * 0.0625 + 13.0 / 8 * 13 / 8;
        MetricResult result = Whole("kernel-distance", new FeatureComparison(TestData.Normal(8_000, 1, 5, 0.5f), TestData.Normal(8_000, 1, 6), "made"));
        Assert.InRange(expected, result.Low!.Value, result.High!.Value);
        Assert.Equal(expected, result.Value, 0.7); // three standard errors: the third moment of 8,000 numbers is uncertain
    }

    [Fact]
    public void Kernel_distance_is_unbiased()
    {
        double[] values = [.. Enumerable.Range(0, 200).Select(i =>
            KernelDistance.Between(TestData.Normal(12, 2, (ulong)(2 * i)), TestData.Normal(8, 2, (ulong)(2 * i + 1))))];
        double mean = values.Average(), error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length / values.Length);
        Assert.InRange(mean, -3 * error, 3 * error);
        Assert.Contains(values, v => v < 0);
    }

    [Fact]
    public void Distances_in_blocks_are_those_of_pairs()
    {
        FeatureSet from = TestData.Normal(50, 7, 1, 100), to = TestData.Normal(40, 7, 2, 100);
        Neighbour[][] nearest = Distances.Nearest(from, to, 3);
        for (int i = 0; i < from.Count; i++)
        {
            double[] all = [.. Enumerable.Range(0, to.Count).Select(j =>
                Math.Sqrt(Enumerable.Range(0, 7).Sum(c => Math.Pow((double)from.Row(i)[c] - to.Row(j)[c], 2))))];
            Assert.Equal(all.Order().Take(3), nearest[i].Select(n => n.Distance), (a, b) => Math.Abs(a - b) < 1e-12);
            Assert.All(nearest[i], n => Assert.Equal(all[n.Place], n.Distance, 1e-12));
        }
    }

    [Fact]
    public void A_dropped_mode_costs_recall_and_coverage_and_not_precision()
    {
        // Real: modes at 0 and at 20. Generated: the first only.
        FeatureSet first = TestData.Normal(300, 2, 1), second = TestData.Normal(300, 2, 2, 20);
        var both = new FeatureSet([.. first.Values, .. second.Values], 2);
        var sets = new FeatureComparison(TestData.Normal(600, 2, 3), both, "made");
        Assert.InRange(Whole("recall", sets).Value, 0.4, 0.51);
        Assert.InRange(Whole("coverage", sets).Value, 0.4, 0.51);
        Assert.InRange(Whole("precision", sets).Value, 0.95, 1);
    }

    [Fact]
    public void Coverage_of_points_during_training_is_that_of_the_metric()
    {
        FeatureSet training = TestData.Normal(400, 2, 1, 3), test = TestData.Normal(300, 2, 2, 3);
        using var reference = new PointReference(training, test, new PointReferenceOptions());
        foreach (FeatureSet generated in new[] { TestData.Normal(250, 2, 3, 3), TestData.Normal(250, 2, 4, 4), TestData.Normal(250, 2, 5, 50) })
            Assert.Equal(Whole("coverage", reference.Compare(generated)).Value, reference.Coverage(generated), 1e-12);
        using var few = new PointReference(training, TestData.Normal(5, 2, 2, 3), new PointReferenceOptions());
        Assert.Contains("more than 5 real points", Assert.Throws<UserErrorException>(() => few.Coverage(training)).Message);
    }

    [Fact]
    public void Class_metrics_have_a_row_for_each_class_and_name_what_is_missing()
    {
        var generated = new FeatureSet(TestData.Normal(6, 2, 1).Values, 2, [0, 0, 0, 1, 1, 1]);
        var real = new FeatureSet(TestData.Normal(6, 2, 2).Values, 2, [0, 0, 0, 2, 2, 2]);
        var sets = new FeatureComparison(generated, real, "made") { ClassNames = ["a", "b", "c"], Recognised = [0, 0, 1, 1, 1, 1] };
        MetricResult[] accuracy = [.. ClassMetrics.ClassAccuracy.Measure(sets)];
        Assert.Equal(["", "a", "b", "c"], accuracy.Select(r => r.Class));
        Assert.Equal([5 / 6.0, 2 / 3.0, 1, double.NaN], accuracy.Select(r => r.Value));
        Assert.Equal("0 generated samples", accuracy[3].Sample);
        MetricResult[] distance = [.. MetricCatalog.OfFeatures.Named(["class-distance"])[0].Measure(sets)];
        Assert.Equal(distance[1].Value, distance[0].Value);
        Assert.Equal([double.NaN, double.NaN], distance[2..].Select(r => r.Value));
        Assert.StartsWith("mean of 1 of 3 classes", distance[0].Sample, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_measured_is_an_error_or_told()
    {
        var sets = new FeatureComparison(TestData.Normal(5, 2, 1), TestData.Normal(50, 2, 2), "made");
        Assert.Contains("kernel-distance", Assert.Throws<UserErrorException>(() =>
            MetricCatalog.MeasureAll(MetricCatalog.OfFeatures.Named(["kernel-distance"]), sets)).Message);
        Assert.Contains("more than 5", Assert.Throws<UserErrorException>(() => Whole("coverage", sets)).Message);
        Assert.Contains("'fid'", Assert.Throws<UserErrorException>(() => MetricCatalog.OfFeatures.Named(["fid"])).Message);
        var told = new List<string>();
        IReadOnlyList<MetricResult> results = MetricCatalog.MeasureAll(MetricCatalog.OfFeatures.Named(["class-accuracy", "frechet-distance"]),
            sets, (m, reason) => told.Add($"{m.Name}: {reason}"));
        Assert.Equal("frechet-distance", Assert.Single(results).Metric);
        Assert.StartsWith("class-accuracy: ", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_metric_names_its_paper_and_is_called_once()
    {
        Assert.All(MetricCatalog.All, m => Assert.Matches(@"[12][0-9]{3}", m.Paper));
        Assert.All(MetricCatalog.All, m => Assert.Matches("^[a-z0-9-]+$", m.Name));
        Assert.All(MetricCatalog.All, m => Assert.False(string.IsNullOrWhiteSpace(m.Range) || string.IsNullOrWhiteSpace(m.Title), m.Name));
        Assert.Equal(["a classifier of the real classes", "classes asked for"], MetricCatalog.All.Single(m => m.Name == "class-accuracy").NeedNames);
        Assert.Equal(MetricCatalog.All.Count, MetricCatalog.All.Select(m => m.Name).Distinct().Count());
        // that is Inception's
        Assert.DoesNotContain(MetricCatalog.All, m => m.Title.Contains("FID", StringComparison.Ordinal) || m.Name.Contains("fid", StringComparison.Ordinal));
    }

    [Fact]
    public void No_metric_leaves_a_tensor_behind()
    {
        FeatureSet Labelled(ulong seed) => new(TestData.Normal(300, 3, seed).Values, 3, [.. Enumerable.Range(0, 300).Select(i => i % 2L)]);
        var sets = new FeatureComparison(Labelled(1), Labelled(2), "made")
        {
            ClassNames = ["a", "b"],
            Recognised = new long[300],
            Training = new(Labelled(3)),
            HeldOut = new(Labelled(2))
        };
        _ = MetricCatalog.MeasureAll(MetricCatalog.OfFeatures, sets, (_, _) => { });
        long before = TestData.LiveTensors();
        _ = MetricCatalog.MeasureAll(MetricCatalog.OfFeatures, sets, (_, _) => { });
        Assert.Equal(before, TestData.LiveTensors());
    }

    [Fact]
    public void The_file_has_one_number_a_row_and_leaves_out_what_does_not_exist()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        QualityCsv.Write(path, [new("precision", 0.5, Better.Higher, "10 generated, 2 \"real\"") { Low = 0.25, High = 0.75 },
            new("a", double.NaN, Better.Neither, "none") { Data = "SMOTE", Class = "b,c" }]);
        Assert.Equal("metric,data,class,value,low,high,better,sample\nprecision,,,0.5,0.25,0.75,higher,\"10 generated, 2 " +
            "\"\"real\"\"\"\na,SMOTE,\"b,c\",,,,,none\n", File.ReadAllText(path));
        File.Delete(path);
    }

    private static MetricResult Whole(string metric, FeatureComparison sets) => MetricCatalog.OfFeatures.Named([metric])[0].Measure(sets).First();
}
