using System.IO.Compression;
using System.Text;

namespace GanPipeline.MlNetIntegration.Tests;

public sealed class TrainOnlyTests
{
    private readonly MLContext _ml = new(1);

    private EstimatorChain<ITransformer> Pipeline() => _ml.Transforms.Concatenate("Features", "X", "Y")
        .Append(_ml.Transforms.Conversion.MapValueToKey("Label"))
        .AppendUpsampling(_ml, "Label", "Features", Samples.Options());

    /// <summary>A trainer's place in the pipeline: counts the rows that it is fitted on.</summary>
    private sealed class Trainer : IEstimator<ITransformer>
    {
        public List<int> Rows { get; } = [];

        public ITransformer Fit(IDataView input)
        {
            Rows.Add(input.CountRows());
            Rows.Add(input.CountRows());
            return new TransformerChain<ITransformer>();
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    [Fact]
    public void A_trainer_sees_the_added_rows_and_a_user_of_the_model_does_not()
    {
        var trainer = new Trainer();
        IDataView train = _ml.View();
        TransformerChain<ITransformer> model = Pipeline().Append(trainer).Fit(train);
        Assert.Equal([180, 180], trainer.Rows);
        Assert.Equal(86, model.Transform(train).CountRows());
        Assert.Equal(86, model.Transform(_ml.View()).CountRows());
        Assert.Equal(86, model.Transform(train, TransformerScope.Everything).CountRows());
        Assert.Equal(94, model.OfType<UpsamplingTransformer>().Single().Report.Added);
        Assert.Equal(86, model.Transform(train, TransformerScope.Training).CountRows());
        Assert.Equal(86, model.GetModelFor(TransformerScope.Scoring).Transform(train).CountRows());
    }

    [Fact]
    public void It_works_behind_a_single_estimator_and_behind_a_chain()
    {
        var trainer = new Trainer();
        _ml.Transforms.Concatenate("Features", "X", "Y").AppendUpsampling(_ml, "Label", "Features", Samples.Options()).Append(trainer).Fit(_ml.View());
        Pipeline().AppendUpsampling(_ml, "Label", "Features", Samples.Options(Balance.Counts(("rare", 200)))).Append(trainer).Fit(_ml.View());
        Assert.Equal([180, 180, 320, 320], trainer.Rows);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Caching_before_or_behind_it_changes_nothing(bool before, bool behind)
    {
        var trainer = new Trainer();
        var start = _ml.Transforms.Concatenate("Features", "X", "Y").Append(_ml.Transforms.Conversion.MapValueToKey("Label"));
        var pipeline = (before ? start.AppendCacheCheckpoint(_ml) : start).AppendUpsampling(_ml, "Label", "Features", Samples.Options());
        (behind ? pipeline.AppendCacheCheckpoint(_ml) : pipeline).Append(trainer).Fit(_ml.View());
        Assert.Equal([180, 180], trainer.Rows);
        IDataView upsampled = _ml.Upsampled(), cached = _ml.Data.Cache(_ml.Upsampled());
        Assert.Equal(upsampled.GetColumn<float[]>("Features"), cached.GetColumn<float[]>("Features"));
        Assert.Equal(upsampled.GetColumn<string>("Note"), cached.GetColumn<string>("Note"));
    }

    [Fact]
    public void Hold_out_folds_stay_clean_in_every_scope()
    {
        var trainer = new Trainer();
        var pipeline = Pipeline().Append(trainer);
        foreach (var fold in _ml.Data.CrossValidationSplit(_ml.View(), 3, seed: 2))
        {
            TransformerChain<ITransformer> model = pipeline.Fit(fold.TrainSet);
            int rows = fold.TestSet.GetColumn<float>("X").Count();
            Assert.Equal(rows, model.Transform(fold.TestSet, TransformerScope.Everything).CountRows());
            Assert.Equal(rows, model.Transform(fold.TestSet).CountRows());
            UpsamplingReport report = model.OfType<UpsamplingTransformer>().Single().Report;
            Assert.Equal(3 * report.Classes.Max(c => c.Before), trainer.Rows[^1]);
        }
    }

    [Fact]
    public void A_test_set_split_off_before_fitting_has_real_rows_only()
    {
        var split = _ml.Data.TrainTestSplit(_ml.View(), 0.3, seed: 1);
        IDataView test = Pipeline().Fit(split.TrainSet).Transform(split.TestSet, TransformerScope.Everything);
        Assert.All(test.GetColumn<float[]>("Features").Zip(test.GetColumn<float>("X")), row => Assert.Equal(row.Second, row.First[0]));
    }

    [Fact]
    public void A_fitted_pipeline_predicts_one_row_at_a_time()
    {
        var model = Pipeline().Append(_ml.Transforms.Conversion.MapKeyToValue("Label")).Fit(_ml.View());
        using var engine = _ml.Model.CreatePredictionEngine<Row, Scored>(model);
        Scored scored = engine.Predict(new Row { X = 3, Y = 4, Label = "rare" });
        Assert.Equal([3f, 4f], scored.Features);
        Assert.Equal("rare", scored.Label);
    }

    [Fact]
    public void A_saved_pipeline_has_nothing_of_ours_and_gives_the_same_rows()
    {
        var model = Pipeline().Append(_ml.Transforms.Conversion.MapKeyToValue("Label")).Fit(_ml.View());
        var file = new MemoryStream();
        _ml.Model.Save(model, _ml.View().Schema, file);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                var bytes = new MemoryStream();
                using Stream stream = entry.Open();
                stream.CopyTo(bytes);
                Assert.DoesNotContain("Gan", Encoding.Latin1.GetString(bytes.ToArray()), StringComparison.OrdinalIgnoreCase);
            }
        }
        file.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(file, out DataViewSchema schema);
        Assert.Contains(schema, column => column.Name == "Note");
        IDataView expected = model.Transform(_ml.View()), result = loaded.Transform(_ml.View());
        Assert.Equal(expected.GetColumn<float[]>("Features"), result.GetColumn<float[]>("Features"));
        Assert.Equal(Samples.Rows().Select(r => r.Label), result.GetColumn<string>("Label"));
        Assert.Equal(86, ((TransformerChain<ITransformer>)loaded).Transform(_ml.View(), TransformerScope.Everything).CountRows());
    }

    [Fact]
    public void A_program_without_this_library_loads_the_saved_pipeline_and_gets_the_same_rows()
    {
        var model = Pipeline().Append(_ml.Transforms.Conversion.MapKeyToValue("Label")).Fit(_ml.View());
        (float, float, string)[] rows = [.. Samples.Rows().Select(r => (r.X, r.Y, r.Label))];
        Assert.Equal(Samples.Rows().Select(r => r.Label), ModelUser.Run(_ml, model, rows, "Label"));
        Assert.Equal(Samples.Rows().Select(r => FormattableString.Invariant($"{r.X} {r.Y}")), ModelUser.Run(_ml, model, rows, "Features"));
    }
}
