using GanPipeline.Inference.Tests;

namespace GanPipeline.MlNetIntegration.Tests;

public sealed class UpsamplingTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Classes_are_balanced_to_the_majority()
    {
        IDataView view = _ml.Upsampled();
        Assert.Equal(new Dictionary<string, int> { ["common"] = 60, ["rare"] = 60, ["middle"] = 60 }, view.Classes());
        Assert.Equal(180, view.GetRowCount());
    }

    [Fact]
    public void Real_rows_come_first_and_are_untouched()
    {
        IDataView view = _ml.Upsampled();
        Assert.Equal(Samples.Rows().Select(r => (r.X, r.Note)), view.GetColumn<float>("X").Zip(view.GetColumn<string>("Note")).Take(86));
        Assert.Equal(Samples.Rows().Select(r => r.Y), view.GetColumn<float[]>("Features").Take(86).Select(f => f[1]));
    }

    [Fact]
    public void Added_rows_have_generated_features_of_their_class()
    {
        var source = new FakeSource();
        IDataView view = _ml.Upsampled(Samples.Options(source: source));
        (string Label, float[] Features)[] added = [.. view.GetColumn<string>("Label").Zip(view.GetColumn<float[]>("Features")).Skip(86)];
        Assert.Equal(Enumerable.Range(0, 54).Select(i => 1000f + i), added.Where(r => r.Label == "rare").Select(r => r.Features[0]));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => 2000f + i), added.Where(r => r.Label == "middle").Select(r => r.Features[0]));
        Assert.Equal([("middle", 40), ("rare", 54)], source.Asked.Select(a => (a.Class, a.Rows)).Order());
        Assert.Equal(2, source.Asked.Select(a => a.Seed).Distinct().Count());
        Assert.Equal((1, 1), (source.Opened, source.Disposed));
    }

    [Fact]
    public void Every_other_column_of_an_added_row_is_that_of_one_real_row_of_its_class()
    {
        IDataView view = _ml.Upsampled();
        Row[] rows = [.. _ml.Data.CreateEnumerable<Row>(view, reuseRowObject: false)];
        Dictionary<float, Row> real = Samples.Rows().ToDictionary(r => r.X);
        Assert.Equal(180, rows.Length);
        foreach (Row row in rows)
            Assert.Equivalent(real[row.X], row, strict: true);
        Assert.Equal(Samples.Rare, rows.Where(r => r.Label == "rare").Select(r => r.X).Distinct().Count());
        Assert.Equal(Samples.Middle, rows.Skip(86).Where(r => r.Label == "middle").Select(r => r.X).Distinct().Count());
    }

    [Fact]
    public void Added_rows_of_different_classes_take_turns()
    {
        string[] labels = [.. _ml.Upsampled().GetColumn<string>("Label").Skip(86).Take(80)];
        Assert.All(labels.Chunk(2), pair => Assert.NotEqual(pair[0], pair[1]));
    }

    [Fact]
    public void Counts_and_ratios_are_kept()
    {
        Assert.Equal(new Dictionary<string, int> { ["common"] = 60, ["rare"] = 100, ["middle"] = 20 },
            _ml.Upsampled(Samples.Options(Balance.Counts(("rare", 100)))).Classes());
        Assert.Equal(31, _ml.Upsampled(Samples.Options(Balance.Counts(new Dictionary<string, int> { ["middle"] = 31 }))).Classes()["middle"]);
        Assert.Equal(new Dictionary<string, int> { ["common"] = 60, ["rare"] = 15, ["middle"] = 20 },
            _ml.Upsampled(Samples.Options(Balance.Ratio(0.25))).Classes());
        Assert.Equal(86, _ml.Upsampled(Samples.Options(Balance.Ratio(0.01))).CountRows());
    }

    [Theory]
    [InlineData("Label", 180, "rare", "middle", "common")]
    [InlineData("Rare", 160, "True", "False")]
    [InlineData("Group", 160, "4", "6")]
    [InlineData("Number", 160, "2", "3")]
    public void Labels_may_be_text_a_Boolean_or_a_number(string label, int rows, params string[] classes)
    {
        IDataView source = _ml.WithFeatures();
        UpsamplingTransformer fitted = new UpsamplingEstimator(_ml, label, "Features", Samples.Options(source: new FakeSource(classes))).Fit(source);
        Assert.Equal(rows, fitted.Transform(source).CountRows());
        Assert.Equal(classes.Order(), fitted.Report.Classes.Select(c => c.Name).Order());
        Assert.All(fitted.Report.Classes, c => Assert.Equal(rows / classes.Length, c.After));
    }

    [Theory]
    [InlineData("Label", "rare", "middle", "common")]
    [InlineData("Number", "2", "3")]
    public void A_key_is_matched_by_its_value_s_name_and_never_by_its_position(string column, params string[] classes)
    {
        foreach (string[] order in new[] { classes, [.. classes.Reverse()] })
        {
            var source = new FakeSource(order);
            IDataView view = _ml.WithFeatures();
            view = _ml.Transforms.Conversion.MapValueToKey("Key", column).Fit(view).Transform(view);
            IDataView upsampled = new UpsamplingEstimator(_ml, "Key", "Features", Samples.Options(source: source)).Fit(view).Transform(view);
            upsampled = _ml.Transforms.Conversion.MapKeyToValue("Back", "Key").Fit(upsampled).Transform(upsampled);
            IEnumerable<string> names = column == "Label" ? upsampled.GetColumn<string>("Back") : upsampled.GetColumn<double>("Back").Select(v => $"{v}");
            Assert.All(names.Zip(upsampled.GetColumn<float[]>("Features")).Skip(86), row =>
                Assert.Equal(1 + Array.IndexOf(order, row.First), (int)row.Second[0] / 1000));
            Assert.Equal(upsampled.GetColumn<string>("Label"), upsampled.GetColumn<string>("Note").Select(note => note.Split(' ')[0]));
        }
    }

    private sealed class Keyed
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [0, 0];
    }

    [Fact]
    public void A_key_without_values_is_named_by_the_number_that_a_program_sees()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(new uint[] { 2, 0, 0, 0, 7 }.Select(label => new Keyed { Label = label }).ToArray());
        UpsamplingTransformer fitted = new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options(source: new FakeSource("0", "2"))).Fit(view);
        Assert.Equal([("2", 1, 2), ("0", 3, 0)], fitted.Report.Classes.Select(c => (c.Name, c.Before, c.Added)));
        Assert.Equal([3u, 1u, 1u, 1u, 0u, 3u, 3u], fitted.Transform(view).GetColumn<uint>("Label"));
        Assert.Equal(1, fitted.Report.Unlabelled);
    }

    [Fact]
    public void Rows_without_a_label_stay_and_count_for_no_class()
    {
        List<Row> rows = Samples.Rows();
        rows.Insert(0, new Row { X = 500, Label = "" });
        IDataView view = _ml.WithFeatures(_ml.Data.LoadFromEnumerable(rows));
        UpsamplingTransformer fitted = new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options()).Fit(view);
        Assert.Equal(1, fitted.Report.Unlabelled);
        Assert.Equal(181, fitted.Transform(view).CountRows());
        Assert.Single(fitted.Transform(view).GetColumn<string>("Label"), "");
        Assert.Contains("1 rows have no label", fitted.Report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_says_what_was_added_and_is_logged()
    {
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.RawMessage);
        IDataView view = _ml.WithFeatures();
        UpsamplingReport report = new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options()).Fit(view).Report;
        Assert.Equal([("common", 60, 60), ("middle", 20, 60), ("rare", 6, 60)], report.Classes.Select(c => (c.Name, c.Before, c.After)).Order());
        Assert.Equal((94, "the fake", 7ul), (report.Added, report.Resampler, report.Seed));
        Assert.Superset(report.ToString().Split('\n').ToHashSet(), log.ToHashSet());
        Assert.Contains("rare            6         54         60", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_seed_makes_the_rows_and_a_seeded_context_makes_the_seed()
    {
        static ulong Seed(int? context, ulong? own)
        {
            var ml = new MLContext(context);
            IDataView view = ml.WithFeatures();
            return new UpsamplingEstimator(ml, "Label", "Features", Samples.Options() with { Seed = own }).Fit(view).Report.Seed;
        }
        Assert.Equal(9ul, Seed(null, 9));
        Assert.Equal(Seed(3, null), Seed(3, null));
        Assert.NotEqual(Seed(3, null), Seed(4, null));
    }

    [Fact]
    public void A_balanced_view_is_passed_through_as_it_is()
    {
        IDataView view = _ml.WithFeatures();
        Assert.Same(view, new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options(Balance.Ratio(0.01))).Fit(view).Transform(view));
    }

    [Fact]
    public void The_schema_is_the_source_s_own()
    {
        IDataView view = _ml.WithFeatures();
        UpsamplingTransformer fitted = new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options()).Fit(view);
        Assert.Same(view.Schema, fitted.Transform(view).Schema);
        Assert.Same(view.Schema, fitted.GetOutputSchema(view.Schema));
    }

    [Fact]
    public void Rows_come_out_of_a_generator_file()
    {
        using var folder = new TemporaryFolder();
        var model = new TestModel { Classes = 3, SampleShape = [2] };
        string path = folder.Make("generator.onnx", model.ToBytes());
        Row[] rows = [.. Samples.Rows()];
        foreach (Row row in rows)
            row.Label = row.Label switch { "rare" => "class-2", "middle" => "class-0", _ => "class-1" };
        IDataView view = _ml.WithFeatures(_ml.Data.LoadFromEnumerable(rows));
        IDataView Fit() => new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options(source: Resampler.FromFile(path))).Fit(view).Transform(view);
        Assert.Equal(new Dictionary<string, int> { ["class-0"] = 60, ["class-1"] = 60, ["class-2"] = 60 }, Fit().Classes());
        Assert.Equal(Fit().GetColumn<float[]>("Features"), Fit().GetColumn<float[]>("Features"));
        float[][] made = [.. Fit().GetColumn<string>("Label").Zip(Fit().GetColumn<float[]>("Features")).Skip(86).Where(r => r.First == "class-2")
            .Select(r => r.Second)];
        var noise = new float[made.Length * model.LatentSize];
        GaussianNoise.Fill(SeedStream.Derive(7, "up-sampling class-2"), 0, model.LatentSize, noise);
        double[] expected = model.Expected(noise, [.. Enumerable.Repeat(2L, made.Length)]);
        Assert.All(made.SelectMany(m => m).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
        Assert.Throws<UserErrorException>(() => new UpsamplingEstimator(_ml, "Label", "Features",
            Samples.Options(source: Resampler.FromFile(folder["none.onnx"]))).Fit(view));
    }

    [Fact]
    public void The_added_rows_are_there_alone_too()
    {
        IDataView view = _ml.WithFeatures();
        UpsamplingTransformer fitted = new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options()).Fit(view);
        IDataView all = fitted.Transform(view), added = fitted.AddedRows;
        Assert.Equal(94, added.GetRowCount());
        Assert.Equal(all.GetColumn<float[]>("Features").Skip(86), added.GetColumn<float[]>("Features"));
        Assert.Equal(all.GetColumn<string>("Label").Skip(86), added.GetColumn<string>("Label"));
        Assert.Equal(all.GetColumn<string>("Note").Skip(86), added.GetColumn<string>("Note"));
        UpsamplingTransformer none = new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options(Balance.ToCount(1))).Fit(view);
        Assert.Empty(none.AddedRows.GetColumn<string>("Note"));
    }
}
