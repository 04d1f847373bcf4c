namespace GanPipeline.MlNetIntegration.Tests;

public sealed class ReportTests
{
    private readonly MLContext _ml = new(1);

    public sealed class Point
    {
        public string Label { get; set; } = "";

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    /// <summary>Two clouds, a common and a rare one, that hardly touch.</summary>
    private IDataView Clouds(int rare = 20, float distance = 5)
    {
        var normal = new float[(300 + rare) * 2];
        GaussianNoise.Fill(3, 0, 2, normal);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300 + rare).Select(i => new Point
        {
            Label = i < 300 ? "common" : "rare",
            Features = [(i < 300 ? 0 : distance) + normal[2 * i], normal[(2 * i) + 1]],
        }).ToArray());
    }

    private UpsamplingReport Report(IDataView view, UpsamplingOptions options) => new UpsamplingEstimator(_ml, "Label", "Features", options with { Seed = 1 })
        .Fit(view).Report;

    /// <summary>Rows at a place that may be right or wrong for the class.</summary>
    private sealed class Fixed(float x, bool jitter) : RowResampler
    {
        public override string Name => "the fixed";

        protected internal override RowGenerator Fit(ClassRows rows) => new Rows(x, jitter);

        private sealed class Rows(float x, bool jitter) : RowGenerator
        {
            public override void Generate(ulong seed, long index, Span<double> numbers, Span<string> categories) =>
                (numbers[0], numbers[1]) = (x + (jitter ? index * 1e-3f : 0), 0);
        }
    }

    [Fact]
    public void A_classifier_tells_rows_that_are_of_their_class_from_rows_that_are_not()
    {
        UpsampledClass Rare(Resampler source) =>
            Report(Clouds(), new UpsamplingOptions { Resampler = source, EvaluateRows = true }).Classes.Single(c => c.Name == "rare");
        Assert.InRange(Rare(new Fixed(5, true)).ClassAccuracy!.Value, 0.99, 1);
        Assert.InRange(Rare(new Fixed(-1, true)).ClassAccuracy!.Value, 0, 0.01);
        Assert.InRange(Rare(Resampler.Smote()).ClassAccuracy!.Value, 0.95, 1);
    }

    [Fact]
    public void Duplicates_are_rows_that_were_there_or_were_made_before()
    {
        int? Duplicates(Resampler source) =>
            Report(Clouds(), new UpsamplingOptions { Resampler = source, EvaluateRows = true }).Classes.Single(c => c.Name == "rare").Duplicates;
        Assert.Equal(280, Duplicates(Resampler.RandomOversampling()));
        Assert.Equal(279, Duplicates(new Fixed(5, false)));
        Assert.Equal(0, Duplicates(new Fixed(5, true)));
    }

    [Fact]
    public void The_printed_report_has_what_was_evaluated_and_only_then()
    {
        string evaluated = Report(Clouds(), new UpsamplingOptions { Resampler = Resampler.RandomOversampling(), EvaluateRows = true }).ToString();
        Assert.Contains("class      before      added      after  duplicates  recognised\n", evaluated, StringComparison.Ordinal);
        Assert.Matches(@"rare           20        280        300         280  +\d+\.\d ?%", evaluated);
        Assert.Contains("common        300          0        300\n", evaluated + "\n", StringComparison.Ordinal);
        Assert.DoesNotContain("duplicates", Report(Clouds(), new UpsamplingOptions { Resampler = Resampler.Smote() }).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_says_plainly_that_a_bad_generator_did_not_help()
    {
        UpsamplingReport report = Report(Clouds(distance: 2.5f), new UpsamplingOptions { Resampler = new Fixed(-30, true), CompareFolds = 3 });
        UpsamplingComparison comparison = report.Comparison!;
        Assert.Equal(["none", "none, thresholds tuned", "random over-sampling", "SMOTE with 5 neighbours", "the fixed"],
            comparison.Methods.Select(w => w.Name));
        Assert.All(comparison.Methods, method => Assert.Equal(3, method.MacroF1.Count));
        Assert.InRange(comparison.Methods[1].RareRecall.Average(), comparison.Methods[0].RareRecall.Average() + 0.01, 1); // costs nothing and finds more
        Assert.False(comparison.Helped);
        Assert.Contains("the up-sampling did not help: its macro F1 is ", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("recall 'rare'", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_evaluated_is_part_of_the_options_and_copied_with_them()
    {
        var plain = new UpsamplingOptions { Resampler = Resampler.Smote() };
        UpsamplingOptions both = plain with { EvaluateRows = true, CompareFolds = 3 }, one = both with { EvaluateRows = false };
        Assert.Equal((false, 0), (plain.EvaluateRows, plain.CompareFolds));
        Assert.Equal((true, 3), (both.EvaluateRows, both.CompareFolds));
        Assert.Equal((false, 3), (one.EvaluateRows, one.CompareFolds));
        Assert.Equal(plain, one with { CompareFolds = 0 });
        Assert.Equal("UpsamplingOptions.CompareFolds is 1; give at least 2 folds, or 0 for no comparison",
            Assert.Throws<UserErrorException>(() => plain with { CompareFolds = 1 }).Message);
    }

    [Fact]
    public void A_gain_counts_when_it_is_above_twice_its_error()
    {
        static UpsamplingComparison Of(params double[] generator) =>
            new("rare", [new("none", [0.5, 0.6, 0.7], [0, 0, 0], [0, 0, 0]), new("g", generator, [0, 0, 0], [0, 0, 0])], null);
        Assert.True(Of(0.6, 0.7, 0.81).Helped);
        Assert.Contains("the up-sampling helped: its macro F1 is 0.103 (standard error 0.003) above that of 'none'", Of(0.6, 0.7, 0.81).ToString(),
            StringComparison.Ordinal);
        Assert.False(Of(0.9, 0.6, 0.7).Helped);
        Assert.Contains("which may be chance; prefer that", Of(0.9, 0.6, 0.7).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_that_the_data_do_not_allow_is_a_line_of_the_table()
    {
        UpsamplingReport report = Report(Clouds(rare: 6), new UpsamplingOptions { Resampler = Resampler.RandomOversampling(), CompareFolds = 2 });
        Assert.Matches("SMOTE +not possible: class 'rare' of column 'Label' has 3 rows", report.ToString());
        Assert.Equal("class 'rare' has 6 rows, too few different ones for the 7 folds of the comparison; choose fewer folds",
            Assert.Throws<UserErrorException>(() => Report(Clouds(rare: 6), new UpsamplingOptions { Resampler = new Fixed(1, true), CompareFolds = 7 }))
                .Message);
    }
}
