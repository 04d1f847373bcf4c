using Microsoft.ML.Trainers.FastTree;

namespace GanPipeline.MlNetFacts.Tests;

/// <summary>What ML.NET's trainers make of an external transformer that adds rows.</summary>
public sealed class TrainerFacts
{
    public static TheoryData<string> Trainers => new("Lbfgs", "Sdca", "AveragedPerceptron", "FastTree");

    private readonly MLContext _ml = new(1);

    private IEstimator<ITransformer> Trainer(string name, string features = "Features") => name switch
    {
        "Lbfgs" => _ml.BinaryClassification.Trainers.LbfgsLogisticRegression(featureColumnName: features),
        "Sdca" => _ml.BinaryClassification.Trainers.SdcaLogisticRegression(featureColumnName: features),
        "AveragedPerceptron" => _ml.BinaryClassification.Trainers.AveragedPerceptron(featureColumnName: features),
        _ => _ml.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfTrees = 10, NumberOfThreads = 2, FeatureColumnName = features }),
    };

    private BinaryClassificationMetrics Score(ITransformer model, IDataView test) => _ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(test));

    /// <summary>Rows of which forty are rare, and 720 rare ones added.</summary>
    private IDataView Balanced(Func<AddedRowsView, AddedRowsView>? change = null)
    {
        IDataView view = LearnRow.View(_ml, 40, 760), rare = LearnRow.View(_ml, 720, 0, seed: 3);
        return new RowAdder(720) { Break = v => (change ?? (added => added))(v with { From = rare }) }.Fit(view).Transform(view);
    }

    private IDataView Test() => LearnRow.View(_ml, 400, 400, seed: 2);

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_trainer_learns_from_the_added_rows(string trainer)
    {
        BinaryClassificationMetrics plain = Score(Trainer(trainer).Fit(LearnRow.View(_ml, 40, 760)), Test());
        Assert.InRange(Score(Trainer(trainer).Fit(Balanced()), Test()).PositiveRecall, plain.PositiveRecall + 0.15, 1);
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Caches_before_and_behind_it_and_a_shuffle_are_fine(string trainer)
    {
        var chain = new EstimatorChain<ITransformer>().Append(_ml.Transforms.Concatenate("Features", "A", "B")).AppendCacheCheckpoint(_ml)
            .Append(new RowAdder(40), TransformerScope.Training).AppendCacheCheckpoint(_ml).Append(Trainer(trainer));
        IDataView train = _ml.Data.ShuffleRows(_ml.Data.LoadFromEnumerable(LearnRow.Some(100, 300, 1)), seed: 1);
        Assert.InRange(Score(chain.Fit(train), LearnRow.View(_ml, 200, 200, seed: 2)).Accuracy, 0.7, 1);
    }

    [Theory]
    [InlineData("AveragedPerceptron")]
    [InlineData("FastTree")]
    public void A_cursor_set_that_is_null_or_throws_fails_the_trainer(string trainer)
    {
        IEstimator<ITransformer> pipeline = _ml.Transforms.Concatenate("All", "Features", "C").Append(Trainer(trainer, "All"));
        Assert.ThrowsAny<Exception>(() => pipeline.Fit(Balanced(v => v with { CursorSet = (_, _) => null! })));
        Assert.ThrowsAny<Exception>(() => pipeline.Fit(Balanced(v => v with { CursorSet = (_, _) => throw new NotSupportedException() })));
    }

    [Fact]
    public void A_view_that_cannot_shuffle_is_worth_a_warning_only()
    {
        var warnings = new List<string>();
        _ml.Log += (_, e) => warnings.AddRange(e.Kind == ChannelMessageKind.Warning ? [e.Message] : []);
        Trainer("AveragedPerceptron").Fit(Balanced());
        Assert.Contains(warnings, w => w.Contains("shuffl", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Lbfgs")]
    [InlineData("FastTree")]
    public void Vectors_shorter_than_their_type_says_mistrain_without_a_word(string trainer)
    {
        ITransformer right = Trainer(trainer).Fit(Balanced()), wrong = Trainer(trainer).Fit(Balanced(v => v with { Vector = _ => new VBuffer<float>(1, [0]) }));
        Assert.InRange(Score(wrong, Test()).Accuracy, 0, Score(right, Test()).Accuracy - 0.05);
    }

    [Theory]
    [InlineData("Lbfgs")]
    [InlineData("FastTree")]
    public void Columns_that_become_features_later_and_are_default_filled_in_the_added_rows_undo_the_gain(string trainer)
    {
        double Recall(IDataView train)
        {
            IEstimator<ITransformer> later = _ml.Transforms.Concatenate("All", "Features", "C").Append(Trainer(trainer, "All"));
            return Score(later.Fit(train), Test()).PositiveRecall;
        }
        double none = Recall(LearnRow.View(_ml, 40, 760)), whole = Recall(Balanced()), defaults = Recall(Balanced(v => v with { Scalar = _ => 0 }));
        Assert.InRange(whole, none + 0.15, 1);
        Assert.InRange(defaults, 0, none + 0.1);
    }
}
