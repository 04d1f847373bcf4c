namespace GanPipeline.MlNetFacts.Tests;

public sealed class CrossValidateFacts
{
    private const int Rare = 40, Common = 360, Folds = 4;

    private readonly MLContext _ml = new(1);

    private int HoldOutRows(RowAdder adder, TransformerScope scope)
    {
        var chain = _ml.Transforms.Concatenate("Features", "A", "B").Append(adder, scope)
            .Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression());
        var folds = _ml.BinaryClassification.CrossValidate(_ml.Data.LoadFromEnumerable(LearnRow.Some(Rare, Common, 1)), chain, Folds);
        return folds.Sum(fold => fold.ScoredHoldOutSet.Count());
    }

    [Fact]
    public void The_training_scope_alone_puts_added_rows_into_hold_out_folds() =>
        Assert.Equal(Rare + Common + (Folds * 30), HoldOutRows(new RowAdder(30), TransformerScope.Training));

    [Fact]
    public void Identity_keeps_hold_out_folds_clean()
    {
        Assert.Equal(Rare + Common, HoldOutRows(new RowAdder(30) { OnlyFittedView = true }, TransformerScope.Everything));
        Assert.Equal(Rare + Common, HoldOutRows(new RowAdder(30) { OnlyFittedView = true }, TransformerScope.Training));
    }

    [Fact]
    public void Each_fold_gives_the_estimator_one_view_to_fit_and_to_transform_for_training()
    {
        var adder = new RowAdder(30) { OnlyFittedView = true };
        HoldOutRows(adder, TransformerScope.Training);
        Assert.Equal(Folds, adder.FittedOn.Distinct().Count());
        Assert.All(adder.FittedOn, view => Assert.Contains(adder.Transformed, t => ReferenceEquals(t, view)));
    }
}
