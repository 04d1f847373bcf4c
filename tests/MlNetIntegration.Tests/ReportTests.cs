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
    private sealed class Fixed(float x, bool jitter) : GeneratorSource
    {
        public override RowGenerator Open(TrainingRows rows, FitContext fit) => new Rows(x, jitter);

        private sealed class Rows(float x, bool jitter) : RowGenerator
        {
            public override string Description => "the fixed";

            public override int FeatureCount => 2;

            public override IReadOnlyCollection<string> ClassNames => ["rare"];

            public override void Generate(string className, ulong seed, long first, Span<float> rows)
            {
                for (int i = 0; i < rows.Length; i++)
                    rows[i] = i % 2 == 0 ? x + (jitter ? (first + (i / 2)) * 1e-3f : 0) : 0;
            }
        }
    }

    [Fact]
    public void A_judge_tells_rows_that_are_of_their_class_from_rows_that_are_not()
    {
        UpsampledClass Rare(GeneratorSource source) =>
            Report(Clouds(), new UpsamplingOptions { Generator = source, Judge = true }).Classes.Single(c => c.Name == "rare");
        Assert.InRange(Rare(new Fixed(5, true)).Obedience!.Value, 0.99, 1);
        Assert.InRange(Rare(new Fixed(-1, true)).Obedience!.Value, 0, 0.01);
        Assert.InRange(Rare(GeneratorSource.Smote()).Obedience!.Value, 0.95, 1);
    }

    [Fact]
    public void Duplicates_are_rows_that_were_there_or_were_made_before()
    {
        int? Duplicates(GeneratorSource source) =>
            Report(Clouds(), new UpsamplingOptions { Generator = source, Judge = true }).Classes.Single(c => c.Name == "rare").Duplicates;
        Assert.Equal(280, Duplicates(GeneratorSource.RandomOversampling()));
        Assert.Equal(279, Duplicates(new Fixed(5, false)));
        Assert.Equal(0, Duplicates(new Fixed(5, true)));
    }

    [Fact]
    public void The_printed_report_has_what_was_judged_and_only_then()
    {
        string judged = Report(Clouds(), new UpsamplingOptions { Generator = GeneratorSource.RandomOversampling(), Judge = true }).ToString();
        Assert.Contains("class      before      added      after  duplicates  recognised\n", judged, StringComparison.Ordinal);
        Assert.Matches(@"rare           20        280        300         280  +\d+\.\d ?%", judged);
        Assert.Contains("common        300          0        300\n", judged + "\n", StringComparison.Ordinal);
        Assert.DoesNotContain("duplicates", Report(Clouds(), new UpsamplingOptions { Generator = GeneratorSource.Smote() }).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_says_plainly_that_a_bad_generator_did_not_help()
    {
        UpsamplingReport report = Report(Clouds(distance: 2.5f), new UpsamplingOptions { Generator = new Fixed(-30, true), CompareFolds = 3 });
        UpsamplingComparison comparison = report.Comparison!;
        Assert.Equal(["none", "none, thresholds moved", "random over-sampling", "SMOTE with 5 neighbours", "the fixed"], comparison.Ways.Select(w => w.Name));
        Assert.All(comparison.Ways, way => Assert.Equal(3, way.MacroF1.Count));
        Assert.InRange(comparison.Ways[1].RareRecall.Average(), comparison.Ways[0].RareRecall.Average() + 0.01, 1); // costs nothing and finds more
        Assert.False(comparison.GeneratorHelped);
        Assert.Contains("the generator did not help: its macro F1 is ", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("recall 'rare'", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_evaluated_is_part_of_the_options_and_copied_with_them()
    {
        var plain = new UpsamplingOptions { Generator = GeneratorSource.Smote() };
        UpsamplingOptions both = plain with { Judge = true, CompareFolds = 3 }, one = both with { Judge = false };
        Assert.Equal((false, 0), (plain.Judge, plain.CompareFolds));
        Assert.Equal((true, 3), (both.Judge, both.CompareFolds));
        Assert.Equal((false, 3), (one.Judge, one.CompareFolds));
        Assert.Equal(plain, one with { CompareFolds = 0 });
        Assert.Equal("UpsamplingOptions.CompareFolds is 1; give at least 2 folds, or 0 for no comparison",
            Assert.Throws<UserErrorException>(() => plain with { CompareFolds = 1 }).Message);
    }

    [Fact]
    public void A_gain_counts_when_it_is_above_twice_its_error()
    {
        static UpsamplingComparison Of(params double[] generator) =>
            new("rare", [new("none", [0.5, 0.6, 0.7], [0, 0, 0], [0, 0, 0]), new("g", generator, [0, 0, 0], [0, 0, 0])], null);
        Assert.True(Of(0.6, 0.7, 0.81).GeneratorHelped);
        Assert.Contains("the generator helped: its macro F1 is 0.103 (standard error 0.003) above that of 'none'", Of(0.6, 0.7, 0.81).ToString(),
            StringComparison.Ordinal);
        Assert.False(Of(0.9, 0.6, 0.7).GeneratorHelped);
        Assert.Contains("which may be chance; prefer that", Of(0.9, 0.6, 0.7).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_that_the_data_do_not_allow_is_a_line_of_the_table()
    {
        UpsamplingReport report = Report(Clouds(rare: 6), new UpsamplingOptions { Generator = GeneratorSource.RandomOversampling(), CompareFolds = 2 });
        Assert.Matches("SMOTE +not possible: class 'rare' of column 'Label' has 3 rows", report.ToString());
        Assert.Equal("class 'rare' has 6 rows, too few different ones for the 7 folds of the comparison; choose fewer folds",
            Assert.Throws<UserErrorException>(() => Report(Clouds(rare: 6), new UpsamplingOptions { Generator = new Fixed(1, true), CompareFolds = 7 }))
                .Message);
    }
}
