namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>
/// Code that composes steps by their interface, as programs that search for a pipeline do: a chain that is kept as IEstimator&lt;ITransformer&gt; becomes a
/// step of the next chain, whose Fit fits it and then transforms the view a second time. The trainer must see the added rows all the same, and nobody else.
/// </summary>
public sealed class ComposedPipelineTests
{
    private const int Real = 86, Upsampled = 180;

    private readonly MLContext _ml = new(1);

    /// <summary>A trainer's place: counts the rows that it is fitted on, twice, as trainers read them more than once.</summary>
    private sealed class Trainer : IEstimator<ITransformer>
    {
        public List<int> Rows { get; } = [];

        public List<int> Added { get; } = [];

        public ITransformer Fit(IDataView input)
        {
            Rows.Add(input.CountRows());
            Assert.Equal(Rows[^1], input.CountRows());
            Added.Add(input.GetColumn<float[]>("Features").Count(f => f[0] >= 1000)); // the fake's rows
            return new TransformerChain<ITransformer>();
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    private IEstimator<ITransformer> Features() => _ml.Transforms.Concatenate("Features", "X", "Y").Append(_ml.Transforms.Conversion.MapValueToKey("Label"));

    private IEstimator<ITransformer> Copy(string name) => _ml.Transforms.CopyColumns(name, "X");

    /// <summary>Ways to get from up-sampling to the trainer, and what stands around it.</summary>
    public static TheoryData<string> Compositions => ["direct", "cached", "cached before", "a step between", "steps and caches between", "behind a step",
        "deeply behind steps", "with a delegate", "plain append", "steps behind", "loader-like loop", "up-sampled twice", "first in the chain"];

    private IEstimator<ITransformer> Compose(string composition, IEstimator<ITransformer> trainer)
    {
        IEstimator<ITransformer> pipeline = Features();
        IEstimator<ITransformer> Up(IEstimator<ITransformer> start) => start.AppendUpsampling(_ml, "Label", "Features", Samples.Options());
        switch (composition)
        {
            case "direct":
                pipeline = Up(pipeline);
                break;
            case "cached":
                pipeline = Up(pipeline);
                pipeline = pipeline.AppendCacheCheckpoint(_ml);
                break;
            case "cached before":
                pipeline = pipeline.AppendCacheCheckpoint(_ml);
                pipeline = Up(pipeline);
                break;
            case "a step between":
                pipeline = Up(pipeline);
                pipeline = pipeline.Append(_ml.Transforms.CopyColumns("Z", "X"));
                break;
            case "steps and caches between":
                pipeline = Up(pipeline);
                pipeline = pipeline.Append(_ml.Transforms.CopyColumns("Z", "X"));
                pipeline = pipeline.AppendCacheCheckpoint(_ml);
                pipeline = pipeline.Append(_ml.Transforms.CopyColumns("Z2", "X"));
                pipeline = pipeline.AppendCacheCheckpoint(_ml);
                break;
            case "behind a step":
                pipeline = Copy("Z").Append(Up(pipeline));
                break;
            case "deeply behind steps":
                pipeline = Copy("Z").Append(_ml.Transforms.CopyColumns("Z1", "X").Append(Up(pipeline)).Append(_ml.Transforms.CopyColumns("Z2", "X")));
                pipeline = pipeline.Append(_ml.Transforms.CopyColumns("Z3", "X"));
                break;
            case "with a delegate":
                pipeline = Up(pipeline).WithOnFitDelegate(_ => { });
                pipeline = pipeline.Append(_ml.Transforms.CopyColumns("Z", "X")).WithOnFitDelegate(_ => { });
                break;
            case "plain append":
                pipeline = pipeline.Append(_ml.Transforms.Upsample(_ml, "Label", "Features", Samples.Options()));
                break;
            case "steps behind":
                pipeline = Up(pipeline);
                return pipeline.Append(trainer).Append(_ml.Transforms.CopyColumns("Z", "X")).Append(_ml.Transforms.CopyColumns("Z2", "X"));
            case "loader-like loop":
                pipeline = new EstimatorChain<ITransformer>();
                foreach (IEstimator<ITransformer> step in new[] { Features(), _ml.Transforms.Upsample(_ml, "Label", "Features", Samples.Options()), Copy("Z") })
                    pipeline = pipeline.Append(step);
                break;
            case "up-sampled twice":
                pipeline = Up(pipeline);
                pipeline = pipeline.Append(_ml.Transforms.CopyColumns("Z", "X"));
                pipeline = Up(pipeline); // is balanced already
                pipeline = pipeline.Append(_ml.Transforms.CopyColumns("Z2", "X"));
                break;
            case "first in the chain":
                return new EstimatorChain<ITransformer>().Append(Features().Append(Up(Copy("Z"))).Append(Copy("Z2"))).Append(trainer);
        }
        return pipeline.Append(trainer);
    }

    [Theory]
    [MemberData(nameof(Compositions))]
    public void The_trainer_sees_the_added_rows_and_nobody_else_does(string composition)
    {
        var trainer = new Trainer();
        IEstimator<ITransformer> pipeline = Compose(composition, trainer);
        IDataView train = _ml.View();
        ITransformer model = pipeline.Fit(train);
        Assert.Equal([Upsampled], trainer.Rows);
        Assert.Equal([Upsampled - Real], trainer.Added);
        Assert.Equal(Real, model.Transform(train).CountRows());
        Assert.Equal(Real, model.Transform(train).CountRows());
        Assert.Equal(Real, model.Transform(_ml.View()).CountRows());
        pipeline.Fit(_ml.View());
        Assert.Equal([Upsampled, Upsampled], trainer.Rows);

        var file = new MemoryStream();
        _ml.Model.Save(model, train.Schema, file);
        file.Position = 0;
        Assert.Equal(Real, new MLContext().Model.Load(file, out _).Transform(train).CountRows());
        using var engine = _ml.Model.CreatePredictionEngine<Row, WithFeatures>(model);
        Assert.Equal([3f, 4f], engine.Predict(new Row { X = 3, Y = 4, Label = "rare" }).Features);
    }

    private sealed class WithFeatures
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    [Theory]
    [MemberData(nameof(Compositions))]
    public void Hold_out_folds_of_cross_validation_have_real_rows_only(string composition)
    {
        var trainer = new Trainer();
        IEstimator<ITransformer> pipeline = Compose(composition, trainer).Append(new Score());
        var folds = _ml.MulticlassClassification.CrossValidate(_ml.View(), pipeline, numberOfFolds: 3, labelColumnName: "Label", seed: 1);
        Assert.Equal(Real, folds.Sum(f => f.ScoredHoldOutSet.CountRows()));
        Assert.Equal(3, trainer.Rows.Count);
        Assert.All(trainer.Added, added => Assert.InRange(added, 30, 94));
    }

    /// <summary>Columns that look like a classifier's: the evaluator asks for them.</summary>
    private sealed class Score : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => Steps().Fit(input);

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Steps().GetOutputSchema(inputSchema);

        private static EstimatorChain<ITransformer> Steps()
        {
            var ml = new MLContext(1);
            return new EstimatorChain<ITransformer>().Append<ITransformer>(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        }
    }

    /// <summary>A search that scores each candidate on hold-out rows inside the Fit of a step.</summary>
    private sealed class Search(MLContext ml, IEstimator<ITransformer> candidate) : IEstimator<ITransformer>
    {
        public List<int> Scored { get; } = [];

        public ITransformer Fit(IDataView input)
        {
            var split = ml.Data.TrainTestSplit(input, 0.3, seed: 1);
            ITransformer model = candidate.Fit(split.TrainSet);
            Scored.Add(model.Transform(split.TestSet).CountRows() - split.TestSet.GetColumn<float>("X").Count());
            Scored.Add(model.Transform(split.TrainSet).CountRows() - split.TrainSet.GetColumn<float>("X").Count());
            return model;
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => candidate.GetOutputSchema(inputSchema);
    }

    [Theory]
    [InlineData("direct")]
    [InlineData("steps and caches between")]
    public void A_search_inside_the_fit_of_a_chain_scores_real_rows_only(string composition)
    {
        var trainer = new Trainer();
        var search = new Search(_ml, Compose(composition, trainer));
        Copy("A").Append(search).Append(_ml.Transforms.CopyColumns("B", "X")).Fit(_ml.View());
        Assert.Equal([0, 0], search.Scored);
        Assert.All(trainer.Added, added => Assert.InRange(added, 40, 94));
    }

    /// <summary>No chain at all: steps are fitted and transformed one by one, where only a wrapped trainer is right.</summary>
    [Fact]
    public void A_wrapped_trainer_is_right_without_a_chain_and_leaves_nothing_in_the_model()
    {
        var trainer = new Trainer();
        UpsamplingReport? report = null;
        IEstimator<ITransformer> wrapped = trainer.WithUpsampling(_ml, "Label", "Features", Samples.Options(), r => report = r);
        IDataView view = _ml.View();
        foreach (IEstimator<ITransformer> step in new[] { Features(), wrapped })
            view = step.Fit(view).Transform(view);
        Assert.Equal([Upsampled], trainer.Rows);
        Assert.Equal(Real, view.CountRows());
        Assert.Equal(Upsampled - Real, report!.Added);

        ITransformer model = Features().Append(wrapped).Append(_ml.Transforms.CopyColumns("Z", "X")).Fit(_ml.View());
        Assert.Equal([Upsampled, Upsampled], trainer.Rows);
        Assert.DoesNotContain((IEnumerable<ITransformer>)model, step => step is UpsamplingTransformer);
    }

    [Fact]
    public void A_wrapped_pipeline_encodes_columns_of_rows_that_were_added_before()
    {
        var trainer = new Trainer();
        IEstimator<ITransformer> pipeline = Features().Append(trainer).WithUpsampling(_ml, "Label", ["X", "Y", "Group"], Resampler.Smote(2));
        IDataView train = _ml.View();
        Assert.Equal(Real, pipeline.Fit(train).Transform(train).CountRows());
        Assert.Equal([Upsampled], trainer.Rows);
    }

    /// <summary>What is written of the gain: the same trainer on the same rows, composed in three ways.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_chain_kept_by_its_interface_is_worth_as_much_as_one_that_is_not(bool cached)
    {
        var ml = new MLContext(1);
        IDataView train = ml.Data.LoadFromEnumerable(Blobs.Rows(900, 200, 30, seed: 1)), test = ml.Data.LoadFromEnumerable(Blobs.Rows(300, 300, 300, seed: 2));
        IEstimator<ITransformer> features = ml.Transforms.Concatenate("Features", "X", "Y").Append(ml.Transforms.Conversion.MapValueToKey("Label"));
        IEstimator<ITransformer> trainer = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy();
        UpsamplingOptions smote = Samples.Options(source: Resampler.Smote());
        double Score(IEstimator<ITransformer> pipeline) => ml.MulticlassClassification.Evaluate(pipeline.Fit(train).Transform(test)).MacroAccuracy;

        IEstimator<ITransformer> composed = features.AppendUpsampling(ml, "Label", "Features", smote);
        if (cached)
            composed = composed.AppendCacheCheckpoint(ml);
        composed = composed.Append(trainer);
        double plain = Score(features.Append(trainer)), typed = Score(features.AppendUpsampling(ml, "Label", "Features", smote).Append(trainer));
        Assert.InRange(typed, plain + 0.1, 1);
        Assert.Equal(typed, Score(composed), 0.02);
        Assert.Equal(typed, Score(features.Append(trainer.WithUpsampling(ml, "Label", "Features", smote))), 0.02);
    }
}
