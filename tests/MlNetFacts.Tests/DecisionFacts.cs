namespace GanPipeline.MlNetFacts.Tests;

/// <summary>What ML.NET counts decisions by: why models with a tuned threshold have their score shifted, and those of several classes have it scaled.</summary>
public sealed class DecisionFacts
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void The_evaluation_of_two_classes_goes_by_the_sign_of_the_score_whatever_the_models_threshold()
    {
        IDataView data = _ml.Transforms.Concatenate("Features", "X").Fit(_ml.View(500)).Transform(_ml.View(500));
        var model = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression("IsRare").Fit(data);
        IDataView plain = model.Transform(data), moved = _ml.BinaryClassification.ChangeModelThreshold(model, -1000).Transform(data);
        Assert.DoesNotContain(true, plain.GetColumn<bool>("PredictedLabel"));
        Assert.DoesNotContain(false, moved.GetColumn<bool>("PredictedLabel"));
        Assert.Equal((0, 0), (Recall(plain), Recall(moved)));
        IDataView shifted = _ml.Transforms.Expression("Score", "s => s + 1000f", "Score").Fit(moved).Transform(moved);
        Assert.Equal(1, Recall(shifted));

        double Recall(IDataView scored) => _ml.BinaryClassification.Evaluate(scored, "IsRare").PositiveRecall;
    }

    [Fact]
    public void The_evaluation_of_several_classes_goes_by_the_largest_score_whatever_is_predicted()
    {
        IDataView data = _ml.Transforms.Concatenate("Features", "X").Append(_ml.Transforms.Conversion.MapValueToKey("Label", "IsRare")).Fit(_ml.View(500))
            .Transform(_ml.View(500));
        IDataView scored = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(data).Transform(data);
        IDataView told = _ml.Transforms.CopyColumns("PredictedLabel", "Label").Fit(scored).Transform(scored); // always right
        Assert.Equal(_ml.MulticlassClassification.Evaluate(scored).MicroAccuracy, _ml.MulticlassClassification.Evaluate(told).MicroAccuracy);
        Assert.InRange(_ml.MulticlassClassification.Evaluate(told).MicroAccuracy, 0, 0.95);
    }
}
