using Microsoft.ML.Trainers.FastTree;

namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>The whole pipeline with ML.NET's own trainers, cross-validation, prediction engine and saved models.</summary>
public sealed class TrainerTests
{
    private const int Common = 500, Middle = 100, Rare = 30;

    private readonly MLContext _ml = new(1);

    public static TheoryData<string> Trainers => new("Lbfgs", "Sdca", "AveragedPerceptron", "FastTree");

    private sealed class Predicted
    {
        public string PredictedLabel { get; set; } = "";
    }

    private IDataView Train(int seed = 1) => _ml.Data.LoadFromEnumerable(Blobs.Rows(Common, Middle, Rare, seed));

    private IDataView Test() => _ml.Data.LoadFromEnumerable(Blobs.Rows(300, 300, 300, seed: 2));

    private IEstimator<ITransformer> Trainer(string name)
    {
        var binary = _ml.BinaryClassification.Trainers;
        return name switch
        {
            "Lbfgs" => _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(),
            "Sdca" => _ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(),
            "AveragedPerceptron" => _ml.MulticlassClassification.Trainers.OneVersusAll(binary.AveragedPerceptron()),
            _ => _ml.MulticlassClassification.Trainers.OneVersusAll(
                binary.FastTree(new FastTreeBinaryTrainer.Options { NumberOfTrees = 10, NumberOfThreads = 2 })),
        };
    }

    private EstimatorChain<ITransformer> Pipeline(string trainer, Resampler? source = null)
    {
        var features = _ml.Transforms.Concatenate("Features", "X", "Y").Append(_ml.Transforms.Conversion.MapValueToKey("Label"));
        return source is null ? features.Append(Trainer(trainer))
            : features.AppendUpsampling(_ml, "Label", "Features", Samples.Options(source: source)).Append(Trainer(trainer));
    }

    private MulticlassClassificationMetrics Score(ITransformer model) => _ml.MulticlassClassification.Evaluate(model.Transform(Test()));

    [Theory]
    [MemberData(nameof(Trainers))]
    public void One_line_of_up_sampling_finds_more_of_the_rare_class(string trainer)
    {
        double plain = Recall(Pipeline(trainer)), balanced = Recall(Pipeline(trainer, Resampler.Smote()));
        Assert.InRange(balanced, plain + 0.1, 1);

        double Recall(IEstimator<ITransformer> pipeline)
        {
            IDataView scored = pipeline.Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
                .Append(_ml.Transforms.Conversion.MapKeyToValue("Label"))
                .Fit(Train()).Transform(Test());
            var pairs = scored.GetColumn<string>("Label").Zip(scored.GetColumn<string>("PredictedLabel")).Where(p => p.First == "rare").ToList();
            return pairs.Count(p => p.Second == "rare") / (double)pairs.Count;
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Caches_and_a_shuffle_leave_what_is_trained_alone(bool before, bool behind)
    {
        var features = _ml.Transforms.Concatenate("Features", "X", "Y").Append(_ml.Transforms.Conversion.MapValueToKey("Label"));
        var upsampled = (before ? features.AppendCacheCheckpoint(_ml) : features)
            .AppendUpsampling(_ml, "Label", "Features", Samples.Options(source: Resampler.Smote()));
        var pipeline = (behind ? upsampled.AppendCacheCheckpoint(_ml) : upsampled).Append(Trainer("Lbfgs"));
        double expected = Score(Pipeline("Lbfgs", Resampler.Smote()).Fit(Train())).MacroAccuracy;
        Assert.Equal(expected, Score(pipeline.Fit(Train())).MacroAccuracy, 0.01);
        Assert.Equal(expected, Score(pipeline.Fit(_ml.Data.ShuffleRows(Train(), seed: 3))).MacroAccuracy, 0.03);
    }

    [Fact]
    public void CrossValidate_trains_on_added_rows_and_scores_real_ones_only()
    {
        var folds = _ml.MulticlassClassification.CrossValidate(Train(), Pipeline("Lbfgs", Resampler.Smote()), numberOfFolds: 4, seed: 1);
        Assert.Equal(Common + Middle + Rare, folds.Sum(f => f.ScoredHoldOutSet.GetColumn<float>("X").Count()));
        Assert.Equal(Train().GetColumn<float>("X").Order(), folds.SelectMany(f => f.ScoredHoldOutSet.GetColumn<float>("X")).Order());
        Assert.All(folds, f =>
        {
            UpsamplingReport report = ((IEnumerable<ITransformer>)f.Model).OfType<UpsamplingTransformer>().Single().Report;
            Assert.All(report.Classes, c => Assert.Equal(report.Classes.Max(most => most.Before), c.After));
            Assert.InRange(report.Classes.Sum(c => c.Before), 400, 540);
        });
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_saved_pipeline_has_the_same_metrics_and_predicts_the_same_in_a_prediction_engine(string trainer)
    {
        var model = Pipeline(trainer, Resampler.Smote()).Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Train());
        var file = new MemoryStream();
        _ml.Model.Save(model, Train().Schema, file);
        file.Position = 0;
        var other = new MLContext(2);
        ITransformer loaded = other.Model.Load(file, out DataViewSchema schema);
        ITransformer scoring = model.GetModelFor(TransformerScope.Scoring);
        Assert.Equal(["X", "Y", "Label"], schema.Select(c => c.Name));
        string[] expected = [.. model.Transform(Test()).GetColumn<string>("PredictedLabel")];
        Assert.Equal(expected, loaded.Transform(Test()).GetColumn<string>("PredictedLabel"));
        Assert.Equal(expected, scoring.Transform(Test()).GetColumn<string>("PredictedLabel"));
        using var fitted = _ml.Model.CreatePredictionEngine<Blob, Predicted>(model);
        using var again = other.Model.CreatePredictionEngine<Blob, Predicted>(loaded);
        Blob[] rows = [.. Blobs.Rows(300, 300, 300, seed: 2).Take(50)];
        Assert.Equal(expected.Take(50), rows.Select(r => fitted.Predict(r).PredictedLabel));
        Assert.Equal(expected.Take(50), rows.Select(r => again.Predict(r).PredictedLabel));
    }

    [Fact]
    public void A_program_without_this_library_predicts_the_same()
    {
        var model = Pipeline("Lbfgs", Resampler.Smote()).Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Train());
        Blob[] rows = Blobs.Rows(20, 20, 20, seed: 4);
        Assert.Equal(model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<string>("PredictedLabel"),
            ModelUser.Run(_ml, model, [.. rows.Select(r => (r.X, r.Y, r.Label))], "PredictedLabel"));
    }

    [Fact]
    public void Features_concatenated_behind_it_are_filled_from_real_rows_so_the_gain_stays()
    {
        double LogLoss(bool later)
        {
            var first = _ml.Transforms.Concatenate("Part", "X").Append(_ml.Transforms.Concatenate("Other", "Y"))
                .Append(_ml.Transforms.Conversion.MapValueToKey("Label"));
            UpsamplingOptions options = Samples.Options(source: Resampler.RandomOversampling());
            IEstimator<ITransformer> all = _ml.Transforms.Concatenate("Features", "Part", "Other");
            var pipeline = later ? first.AppendUpsampling(_ml, "Label", "Part", options).Append(all).Append(Trainer("Lbfgs"))
                : first.Append(all).AppendUpsampling(_ml, "Label", "Features", options).Append(Trainer("Lbfgs"));
            return Score(pipeline.Fit(Train())).PerClassLogLoss.Average();
        }
        Assert.Equal(LogLoss(later: false), LogLoss(later: true), 0.02);
    }
}
