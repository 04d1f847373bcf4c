using System.Runtime.CompilerServices;
using System.Text.Json;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Evaluation.Tables;
using GanPipeline.Primitives;

namespace GanPipeline.Evaluation.Tests;

public class TableMetricTests
{
    private static readonly string[] Words = ["red", "green", "blue", "grey"];

    /// <summary>Metrics draw samples and ask for their vectors; a comparison that kept them would hold every table that it ever saw.</summary>
    [Fact]
    public void A_comparison_lets_samples_go_and_keeps_its_own_tables()
    {
        var table = new Table(new TableColumn("x", [.. Enumerable.Range(0, 50).Select(i => (double)i)]));
        var comparison = new TableComparison(table, table) { Training = table };
        WeakReference[] samples = Ask();
        Assert.Same(comparison.Encoded(table), comparison.Encoded(table));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(samples, s => Assert.False(s.IsAlive));
        GC.KeepAlive(comparison);

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference[] Ask() => [.. Enumerable.Range(0, 3).SelectMany(i =>
        {
            Table sample = table.Pick([.. Enumerable.Range(i, 20)]);
            _ = comparison.ToTraining(sample);
            return new[] { new WeakReference(sample), new WeakReference(comparison.Encoded(sample)) };
        })];
    }

    [Theory]
    [InlineData("kolmogorov-smirnov")]
    [InlineData("wasserstein")]
    public void Distances_of_numeric_columns_agree_with_scipy(string metric) // twelve digits
    {
        MetricResult[] results = Measure(metric, Waves());
        double[] expected = [.. Recorded.Table(metric).EnumerateArray().Select(e => e.GetDouble())];
        Assert.Equal(["", "x", "y"], results.Select(r => r.Class));
        Assert.Equal([expected.Average(), .. expected], results.Select(r => r.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.All(results, r => Assert.InRange(r.Value, r.Low!.Value, r.High!.Value));
    }

    [Fact]
    public void Total_variation_agrees_with_numpy() => Assert.Equal(Recorded.Table("total-variation").GetDouble(), Measure("total-variation", Waves())[1]
        .Value, 1e-12);

    [Fact]
    public void Correlations_and_mutual_informations_differ_as_numpy_and_scikit_learn_say() // twelve digits
    {
        double[] correlation = Numbers(Recorded.Table("correlation"));
        Assert.Equal(Math.Abs(correlation[0] - correlation[1]), Measure("correlation-difference", Waves())[0].Value, 1e-12);
        double[] real = Numbers(Recorded.Table("mutual-information")[0]), generated = Numbers(Recorded.Table("mutual-information")[1]);
        Assert.Equal(real.Zip(generated, (a, b) => Math.Abs(a - b)).Average(), Measure("mutual-information-difference", Waves())[0].Value, 1e-12);
    }

    [Fact]
    public void Area_under_the_curve_agrees_with_scikit_learn()
    {
        float[,] scores = TestData.Waves(120, 0.3, 1, 1);
        (double Score, bool Positive)[] all = [.. Enumerable.Range(0, 120).Select(i => ((double)scores[i, 0], i * 7 % 11 < 5))];
        Assert.Equal(Recorded.Number("auc"), RankScore.Of([.. all.Where(s => s.Positive).Select(s => s.Score)],
            [.. all.Where(s => !s.Positive).Select(s => s.Score)]), 1e-12);
        Assert.Equal(0.5, RankScore.Of([1, 1, 2], [1, 1, 2])); // ties count half
    }

    [Fact]
    public void Coverage_counts_categories_and_spans_of_ranges()
    {
        var real = new Table(new TableColumn("n", [0, 10, double.NaN, 4]), new TableColumn("w", ["a", "b", "c", null]));
        var generated = new Table(new TableColumn("w", ["a", "a", "z", null]), new TableColumn("n", [5, -3, double.NaN, double.NaN]));
        var input = new TableComparison(generated, real);
        Assert.Equal([0.5, 0.5], Measure("range-coverage", input).Select(r => r.Value));
        Assert.Equal([0.5, 0.5], Measure("category-coverage", input).Select(r => r.Value)); // a and the missing one, of four
        Assert.Equal([0.125, 0.25, 0], Measure("missing-values", input).Select(r => r.Value));
        Assert.Equal(0.25 * 3 - 0.25, Measure("total-variation", input)[1].Value, 1e-12); // a 2/4 against 1/4, z 1/4, b and c 0 against 1/4
    }

    [Fact]
    public void A_value_is_valid_where_a_real_row_has_it_or_reaches_as_far()
    {
        var test = new Table(new TableColumn("x", [1.0, 2, 3, 4]), new TableColumn("w", ["a", "a", "b", "b"]));
        var training = new Table(new TableColumn("x", [0.0, 2, 3, 3]), new TableColumn("w", ["a", "c", "c", null]));
        var generated = new Table(new TableColumn("x", [0.0, 4, 4.5, double.NaN]), new TableColumn("w", ["a", "c", "d", null]));
        MetricResult[] results = Measure("valid-values", new TableComparison(generated, test) { Training = training });
        Assert.Equal([(0.5 + 0.75) / 2, 0.5, 0.75], results.Select(r => r.Value)); // no x is missing in a real row, but a w is
    }

    [Fact]
    public void Training_rows_in_the_place_of_generated_ones_show_what_can_be_had()
    {
        Table training = Blobs(400, 1), test = Blobs(400, 2), noise = Noise(400, 3);
        var comparison = new TableComparison(noise, test) { Training = training, HeldOut = test };
        MetricResult[] real = [.. Ceilings.Of(comparison, default)];
        Assert.All(real, r => Assert.Equal((Ceilings.Data, null, null), (r.Data, r.Low, r.High)));
        foreach (string metric in new[] { "kolmogorov-smirnov", "wasserstein", "correlation-difference" })
            Assert.True(Of(metric).Value < 0.7 * Measure(metric, comparison)[0].Value, metric);
        Assert.Contains("400 training against 400 test", Of("wasserstein").Sample, StringComparison.Ordinal);
        Assert.InRange(Of("table-two-sample-test").Value, 0.4, 0.6);
        Assert.Empty(Ceilings.Of(new TableComparison(noise, training) { Training = training }, default));

        MetricResult Of(string metric) => real.Single(r => r.Metric == metric && r.Class.Length == 0);
    }

    [Fact]
    public void Rows_of_one_distribution_pass_and_noise_does_not()
    {
        Table test = Blobs(400, 1), good = Blobs(400, 2), noise = Noise(400, 3);
        TableComparison right = Comparison(good, test), wrong = Comparison(noise, test);
        Assert.InRange(Measure("table-two-sample-test", right)[0].Value, 0.4, 0.6);
        Assert.InRange(Measure("table-two-sample-test", wrong)[0].Value, 0.7, 1);
        foreach (string metric in new[] { "kolmogorov-smirnov", "wasserstein", "correlation-difference", "mutual-information-difference",
            "distance-to-closest-record" })
            Assert.True(Measure(metric, right)[0].Value < 0.7 * Measure(metric, wrong)[0].Value, metric);
        MetricResult[] trained = Measure("train-on-synthetic", right), fromNoise = Measure("train-on-synthetic", wrong);
        Assert.Equal(["", "real", "real and generated"], trained.Select(r => r.Data));
        Assert.True(trained[0].Value > 0.95 && fromNoise[0].Value < 0.9, $"{trained[0]} {fromNoise[0]}");
        Assert.Equal(trained[1].Value, fromNoise[1].Value); // what the real rows teach does not depend on the generated ones
    }

    [Fact]
    public void Privacy_metrics_see_copied_training_rows_and_do_not_accuse_an_honest_generator()
    {
        Table training = Blobs(400, 11), heldOut = Blobs(400, 12), honest = Blobs(400, 13),
            copies = training.Pick([.. Enumerable.Range(0, 400).Select(i => i * 3 % 400)]);
        TableComparison right = Comparison(honest, heldOut, training), wrong = Comparison(copies, heldOut, training);
        Assert.Equal([0, 0], Measure("exact-copies", right).Select(r => r.Value));
        Assert.Equal([1, 0], Measure("exact-copies", wrong).Select(r => r.Value));
        Assert.Equal(0, Measure("distance-to-closest-record", wrong)[0].Value);
        Assert.Equal(Measure("distance-to-closest-record", wrong)[1].Value, Measure("distance-to-closest-record", right)[0].Value, 0.05);
        Assert.Equal(0, Measure("nearest-neighbour-ratio", wrong)[0].Value);
        Assert.InRange(Measure("nearest-neighbour-ratio", right)[0].Value, 0.4, 0.9);
        Assert.InRange(Measure("closer-to-training", right)[0].Value, 0.42, 0.58);
        Assert.Equal(1, Measure("closer-to-training", wrong)[0].Value);
        Assert.InRange(Measure("membership-inference", right)[0].Value, 0.43, 0.57);
        Assert.InRange(Measure("membership-inference", wrong)[0].Value, 0.99, 1);
    }

    /// <summary>Two programs write one number as 0.3 and as 0.30000000000000004.</summary>
    [Fact]
    public void Scores_are_blind_to_the_last_bit_of_a_number()
    {
        var random = new Random(3);
        double[] numbers = [.. Enumerable.Range(0, 400).Select(_ => Math.Round(random.NextDouble(), 3))];
        var real = new Table(new TableColumn("x", numbers[..200]), new TableColumn("fl", [.. Enumerable.Repeat(0.1 + 0.2, 200)]));
        var generated = new Table(new TableColumn("x", [.. numbers[200..].Select(Math.BitIncrement)]),
            new TableColumn("fl", [.. Enumerable.Repeat(0.3, 200)]));
        var same = new Table(new TableColumn("x", numbers[200..]), new TableColumn("fl", [.. Enumerable.Repeat(0.1 + 0.2, 200)]));
        MetricResult[] blind = Measure(generated), exact = Measure(same);
        Assert.Equal(exact.Select(r => (r.Metric, r.Class)), blind.Select(r => (r.Metric, r.Class)));
        Assert.Equal(exact.Select(r => r.Value), blind.Select(r => r.Value), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(0, blind.Single(r => r.Metric == "kolmogorov-smirnov" && r.Class == "fl").Value);
        Assert.Equal(1, blind.Single(r => r.Metric == "range-coverage" && r.Class == "fl").Value);
        Assert.InRange(blind.Single(r => r.Metric == "table-two-sample-test").Value, 0.3, 0.7);

        MetricResult[] Measure(Table rows) => [.. MetricCatalog.MeasureAll(MetricCatalog.OfTables, new TableComparison(rows, real) { Training = real, Seed =
            2 },
            (_, _) => { })];
    }

    [Fact]
    public void Copies_of_long_numbers_are_told_from_their_neighbours()
    {
        string[] codes = ["9007199254740993", "1701388828", "18446744073709551615"], others = ["9007199254740992", "1701388829", "18446744073709551614"];
        Table real = Numbers(codes);
        Assert.Equal(1, Copies(Numbers(codes)));
        Assert.Equal(0, Copies(Numbers(others)));

        double Copies(Table rows) => MetricCatalog.OfTables.Named(["exact-copies"]).MeasureAll(new TableComparison(rows, real) { Training = real })[0].Value;

        static Table Numbers(string[] texts) => new(new TableColumn("n", [.. texts.Select((_, i) => i)], texts).AsNumbers(
            [.. texts.Select(t => double.Parse(t, System.Globalization.CultureInfo.InvariantCulture))]));
    }

    [Fact]
    public void Missing_values_are_compared_in_each_class_with_the_training_rows()
    {
        Table training = Rows((20, 5, "a"), (10, 5, "b")), test = Rows((4, 0, "a"), (2, 2, "b")), generated = Rows((30, 9, "a"), (20, 2, "b"));
        MetricResult[] results = [.. MetricCatalog.OfTables.Named(["missing-values"]).MeasureAll(
            new TableComparison(generated, test) { Training = training, HeldOut = test, Target = "c" })];
        Assert.Equal([("", ""), ("n", ""), ("c", ""), ("n", "class a"), ("n", "class b")], results.Select(r => (r.Class, r.Data)));
        Assert.Equal(Math.Abs(11 / 50.0 - 2 / 6.0), results[1].Value, 1e-12);
        Assert.Equal(0.05, results[3].Value, 1e-12);
        Assert.Equal(0.4, results[4].Value, 1e-12);
        Assert.Equal("30 generated against 20 training rows of the class", results[3].Sample);

        static Table Rows(params (int All, int Missing, string Class)[] classes) => new(
            new TableColumn("n", [.. classes.SelectMany(c => Enumerable.Range(0, c.All).Select(i => i < c.Missing ? double.NaN : i))]),
            new TableColumn("c", [.. classes.SelectMany(c => Enumerable.Repeat((string?)c.Class, c.All))]));
    }

    [Fact]
    public void Tables_that_do_not_fit_together_are_refused_with_the_column()
    {
        var real = new Table(new TableColumn("n", [0.0]), new TableColumn("w", ["a"]));
        Assert.Contains("lacks the column 'w'", Refused(() => new TableComparison(new Table(new TableColumn("n", [0.0])), real)));
        Assert.Contains("'x' that the real one lacks", Refused(() => new TableComparison(new Table([.. real.Columns, new TableColumn("x", [0.0])]), real)));
        Assert.Contains("'w' holds words in the real", Refused(() => new TableComparison(new Table(real["n"], new TableColumn("w", [0.0])), real)));
        Assert.Contains("has 2 values", Refused(() => new Table(real["n"], new TableColumn("w", [0.0, 1.0]))));
        Assert.Contains("2 columns 'n'", Refused(() => new Table(real["n"], real["n"])));
    }

    private static TableComparison Waves()
    {
        return new TableComparison(Make(200, 0.1, 1.5, i => Words[i * 3 % 5 % 3]), Make(300, 0, 1, i => Words[i * i % 7 % 4]));

        static Table Make(int rows, double phase, double scale, Func<int, string> word)
        {
            float[,] waves = TestData.Waves(rows, phase, scale, 2);
            int[] all = [.. Enumerable.Range(0, rows)];
            return new Table(new TableColumn("x", [.. all.Select(i => (double)waves[i, 0])]), new TableColumn("y", [.. all.Select(i => (double)waves[i, 1])]),
                new TableColumn("w", [.. all.Select(word)]));
        }
    }

    /// <summary>Two groups, each a blob of two correlated numbers and mostly one colour.</summary>
    private static Table Blobs(int rows, ulong seed)
    {
        float[] noise = TestData.Normal(rows, 3, seed).Values;
        int[] all = [.. Enumerable.Range(0, rows)];
        return new Table(
            new TableColumn("a", [.. all.Select(i => (i % 2 * 4) + (double)noise[3 * i])]),
            new TableColumn("b", [.. all.Select(i => (i % 2 * 4) + 0.7 * noise[3 * i] + 0.7 * noise[3 * i + 1])]),
            new TableColumn("colour", [.. all.Select(i => Words[noise[3 * i + 2] > 1 ? 2 : i % 2])]),
            new TableColumn("group", [.. all.Select(i => i % 2 == 0 ? "low" : "high")]));
    }

    private static Table Noise(int rows, int seed)
    {
        var random = new Random(seed);
        int[] all = [.. Enumerable.Range(0, rows)];
        return new Table(
            new TableColumn("a", [.. all.Select(_ => 20 * random.NextDouble() - 8)]), new TableColumn("b", [.. all.Select(_ => 20 * random.NextDouble() - 8)]),
            new TableColumn("colour", [.. all.Select(_ => Words[random.Next(3)])]),
                new TableColumn("group", [.. all.Select(_ => random.Next(2) == 0 ? "low" : "high")]));
    }

    private static TableComparison Comparison(Table generated, Table heldOut, Table? training = null) =>
        new(generated, heldOut) { Training = training ?? Blobs(600, 21), HeldOut = heldOut, Target = "group", Seed = 5 };

    private static MetricResult[] Measure(string metric, TableComparison input) => [.. MetricCatalog.OfTables.Named([metric])[0].Measure(input)];

    private static double[] Numbers(JsonElement element) => [.. element.EnumerateArray().Select(e => e.GetDouble())];

    private static string Refused(Action action) => Assert.Throws<UserErrorException>(action).Message;
}
