namespace GanPipeline.MlNetIntegration.Tests;

public sealed class InterpolationTests
{
    private readonly MLContext _ml = new(1);

    private (string Label, float[] Features, string Note)[] Added(Resampler source, Balance? balance = null) =>
        [.. Rows(_ml.Upsampled(Samples.Options(balance, source))).Skip(86)];

    private static IEnumerable<(string Label, float[] Features, string Note)> Rows(IDataView view) => view.GetColumn<string>("Label")
        .Zip(view.GetColumn<float[]>("Features"), view.GetColumn<string>("Note"));

    [Fact]
    public void Random_over_sampling_repeats_whole_real_rows_of_the_class()
    {
        HashSet<string> real = [.. Samples.Rows().Select(r => $"{r.Label}|{r.X} {r.Y}|{r.Note}")];
        var added = Added(Resampler.RandomOversampling());
        Assert.Equal(94, added.Length);
        Assert.All(added, row => Assert.Contains($"{row.Label}|{row.Features[0]} {row.Features[1]}|{row.Note}", real));
        int[] repeats = [.. added.Where(r => r.Label == "rare").GroupBy(r => r.Note).Select(g => g.Count())];
        Assert.Equal(Samples.Rare, repeats.Length);
        Assert.NotEqual(repeats.Min(), repeats.Max()); // drawn with replacement
    }

    [Fact]
    public void Smote_lies_between_a_row_and_one_of_its_nearest_neighbours()
    {
        // Features are (x, -x), so the neighbours of a row are those of the nearest x.
        float[] xs = [.. Samples.Rows().Where(r => r.Label == "rare").Select(r => r.X)];
        foreach ((string _, float[] features, string note) in Added(Resampler.Smote(2)).Where(r => r.Label == "rare"))
        {
            Assert.Equal(features[0], -features[1]);
            float start = float.Parse(note.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            float[] nearest = [.. xs.Where(x => x != start).OrderBy(x => Math.Abs(x - start)).Take(2)];
            Assert.Contains(nearest, end => Math.Min(start, end) - 1e-3 <= features[0] && features[0] <= Math.Max(start, end) + 1e-3);
        }
    }

    [Fact]
    public void Smote_starts_from_every_row_equally_often_and_makes_new_rows()
    {
        var rare = Added(Resampler.Smote(), Balance.Counts(("rare", 66))).ToArray();
        Assert.Equal(60, rare.Length);
        Assert.All(rare.GroupBy(r => r.Note), group => Assert.Equal(10, group.Count()));
        HashSet<float> real = [.. Samples.Rows().Select(r => r.X)];
        Assert.InRange(rare.Count(r => real.Contains(r.Features[0])), 0, 2);
    }

    [Fact]
    public void Smote_uses_all_features_for_its_distances()
    {
        // 19 features, more than a vector register holds: only the last one tells near from far.
        IDataView view = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Wide
        {
            Label = i < 8 ? "rare" : "common",
            Features = [.. Enumerable.Repeat(1f, 18), i % 2 == 0 ? i : 1000 + i],
        }).ToArray());
        var options = new UpsamplingOptions { Resampler = Resampler.Smote(3), Seed = 1 };
        IDataView upsampled = new UpsamplingEstimator(_ml, "Label", "Features", options).Fit(view).Transform(view);
        Assert.All(upsampled.GetColumn<float[]>("Features").Skip(40), f => Assert.True(f[18] is <= 7 or >= 1001));
    }

    public sealed class Wide
    {
        public string Label { get; set; } = "";

        [VectorType(19)]
        public float[] Features { get; set; } = [];
    }

    [Fact]
    public void The_same_seed_makes_the_same_rows()
    {
        foreach (Resampler source in new[] { Resampler.Smote(), Resampler.LocalGaussians(), Resampler.RandomOversampling() })
        {
            float[] Made(ulong seed) => [.. _ml.Upsampled(Samples.Options(source: source) with { Seed = seed }).GetColumn<float[]>("Features")
                .Select(f => f[0])];
            Assert.Equal(Made(1), Made(1));
            Assert.NotEqual(Made(1), Made(2));
        }
    }

    /// <summary>Features are (x, -x), and new rows are weighted sums of real ones. Beyond the class's own x lie some, as a Gaussian's tails do.</summary>
    [Fact]
    public void Local_gaussians_keep_what_holds_between_features()
    {
        float[] xs = [.. Samples.Rows().Where(r => r.Label == "rare").Select(r => r.X)];
        var rare = Added(Resampler.LocalGaussians(), Balance.Counts(("rare", 606))).ToArray();
        Assert.All(rare, row => Assert.Equal(row.Features[0], -row.Features[1], 1e-3));
        Assert.All(rare.GroupBy(r => r.Note), group => Assert.Equal(100, group.Count()));
        float[][] local = [.. xs.Select(x => xs.OrderBy(other => Math.Abs(other - x)).Take(4).ToArray())]; // six rows: the row and half of them
        double mean = local.Average(near => near.Average()), deviation = Math.Sqrt(local.Average(near => near.Average(x => Math.Pow(x - mean, 2))));
        Assert.Equal(mean, rare.Average(r => r.Features[0]), 0.2 * deviation);
        Assert.Equal(deviation, Math.Sqrt(rare.Average(r => Math.Pow(r.Features[0] - mean, 2))), 0.1 * deviation);
    }

    [Fact]
    public void Local_gaussians_refuse_a_class_of_one_row()
    {
        float one = Samples.Rows().First(r => r.Label == "rare").X;
        IDataView view = _ml.WithFeatures(_ml.Data.LoadFromEnumerable(Samples.Rows().Where(r => r.Label != "rare" || r.X == one).ToArray()));
        var estimator = new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options(source: Resampler.LocalGaussians()));
        Assert.Equal("class 'rare' of column 'Label' has 1 row, and one has no spread to draw by; use Resampler.RandomOversampling()",
            Assert.Throws<UserErrorException>(() => estimator.Fit(view)).Message);
    }

    [Fact]
    public void Smote_refuses_a_class_that_is_too_small_and_says_what_to_use()
    {
        string Error(int neighbours, Func<Row, bool> keep)
        {
            IDataView view = _ml.WithFeatures(_ml.Data.LoadFromEnumerable(Samples.Rows().Where(keep).ToArray()));
            var estimator = new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options(source: Resampler.Smote(neighbours)));
            return Assert.Throws<UserErrorException>(() => estimator.Fit(view)).Message;
        }
        Assert.Equal("class 'rare' of column 'Label' has 6 rows, too few for SMOTE with 6 neighbours; use Resampler.Smote(5) or fewer",
            Error(6, _ => true));
        float one = Samples.Rows().First(r => r.Label == "rare").X;
        Assert.Equal("class 'rare' of column 'Label' has 1 row, too few for SMOTE with 5 neighbours; use Resampler.RandomOversampling()",
            Error(5, r => r.Label != "rare" || r.X == one));
        Assert.Throws<UserErrorException>(() => Resampler.Smote(0));
    }
}
