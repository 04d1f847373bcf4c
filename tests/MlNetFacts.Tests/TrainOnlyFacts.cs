namespace GanPipeline.MlNetFacts.Tests;

public sealed class TrainOnlyFacts
{
    private readonly MLContext _ml = new(1);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Fit_and_Transform_get_the_same_instance(bool cacheBefore, bool cacheBehind)
    {
        var adder = new RowAdder(5);
        var chain = new EstimatorChain<ITransformer>().Append(_ml.Transforms.Concatenate("Features", "X", "Y"));
        chain = cacheBefore ? chain.AppendCacheCheckpoint(_ml) : chain;
        var adding = chain.Append(adder, TransformerScope.Training);
        (cacheBehind ? adding.AppendCacheCheckpoint(_ml) : adding).Append(new Watcher(_ => { })).Fit(_ml.View(20));
        Assert.Same(Assert.Single(adder.FittedOn), Assert.Single(adder.Transformed));
    }

    [Fact]
    public void Each_fold_fits_and_transforms_a_view_of_its_own()
    {
        var adder = new RowAdder(5) { OnlyFittedView = true };
        var chain = new EstimatorChain<ITransformer>().Append(_ml.Transforms.Concatenate("Features", "X", "Y")).Append(adder, TransformerScope.Training);
        foreach (var fold in _ml.Data.CrossValidationSplit(_ml.View(200), 4, seed: 1))
        {
            TransformerChain<RowAdderTransformer> model = chain.Fit(fold.TrainSet);
            Assert.Equal(fold.TestSet.Count(), model.Transform(fold.TestSet, TransformerScope.Everything).Count());
        }
        Assert.Equal(4, adder.FittedOn.Distinct().Count());
        Assert.Equal(adder.FittedOn, adder.Transformed.Where((_, i) => i % 2 == 0));
    }

    [Fact]
    public void The_training_scope_keeps_the_rows_out_of_Transform_but_not_out_of_scope_Everything()
    {
        int trainedOn = 0;
        var chain = new EstimatorChain<ITransformer>()
            .Append(new RowAdder(5), TransformerScope.Training)
            .Append(new Watcher(view => trainedOn = view.Count()));
        TransformerChain<ITransformer> model = chain.Fit(_ml.View(20));
        Assert.Equal(25, trainedOn);
        Assert.Equal(20, model.Transform(_ml.View(20)).Count());
        Assert.Equal(25, model.Transform(_ml.View(20), TransformerScope.Everything).Count());
        Assert.Equal(25, model.Transform(_ml.View(20), TransformerScope.Training).Count());
    }

    [Fact]
    public void Identity_alone_adds_rows_again_when_the_training_view_itself_is_transformed()
    {
        IDataView train = _ml.View(20);
        TransformerChain<RowAdderTransformer> model = new EstimatorChain<ITransformer>().Append(new RowAdder(5) { OnlyFittedView = true }).Fit(train);
        Assert.Equal(25, model.Transform(train).Count());
        Assert.Equal(20, model.Transform(_ml.View(20)).Count());
    }

    [Fact]
    public void Scope_and_identity_together_add_rows_only_where_they_are_asked_for_by_name()
    {
        IDataView train = _ml.View(20), other = _ml.View(20);
        TransformerChain<RowAdderTransformer> model = new EstimatorChain<ITransformer>()
            .Append(new RowAdder(5) { OnlyFittedView = true }, TransformerScope.Training).Fit(train);
        Assert.Equal(20, model.Transform(train).Count());
        Assert.Equal(20, model.Transform(other).Count());
        Assert.Equal(20, model.Transform(other, TransformerScope.Everything).Count());
        Assert.Equal(25, model.Transform(train, TransformerScope.Training).Count());
    }

    [Fact]
    public void A_chain_that_is_nested_in_another_trains_the_outer_one_without_its_training_scope()
    {
        int trainedOn = 0;
        IEstimator<ITransformer> nested = new EstimatorChain<ITransformer>().Append(new RowAdder(5), TransformerScope.Training);
        nested.Append(new Watcher(view => trainedOn = view.Count())).Fit(_ml.View(20));
        Assert.Equal(20, trainedOn);
    }

    [Fact]
    public void Splitting_after_rows_were_added_leaks_them_into_the_test_set()
    {
        IDataView view = new RowAdder(400) { Break = v => v }.Fit(_ml.View(400)).Transform(_ml.View(400));
        var split = _ml.Data.TrainTestSplit(view, 0.3, seed: 1);
        float[] test = [.. split.TestSet.GetColumn<float>("X")];
        Assert.Contains(test, x => split.TrainSet.GetColumn<float>("X").Contains(x));
        Assert.Equal(800, test.Length + split.TrainSet.Count());
        Assert.InRange(test.Length, 180, 300);
    }

    [Fact]
    public void A_split_is_the_same_on_every_pass_and_for_the_same_seed()
    {
        IDataView view = _ml.View(400);
        var split = _ml.Data.TrainTestSplit(view, 0.25, seed: 5);
        Assert.Equal(split.TrainSet.GetColumn<float>("X"), split.TrainSet.GetColumn<float>("X"));
        Assert.Equal(split.TestSet.GetColumn<float>("X"), _ml.Data.TrainTestSplit(view, 0.25, seed: 5).TestSet.GetColumn<float>("X"));
        Assert.Equal(view.GetColumn<float>("X"), split.TrainSet.GetColumn<float>("X").Concat(split.TestSet.GetColumn<float>("X")).Order());
        var byLabel = _ml.Data.TrainTestSplit(view, 0.5, samplingKeyColumnName: "Label");
        Assert.Empty(byLabel.TrainSet.GetColumn<string>("Label").Distinct().Intersect(byLabel.TestSet.GetColumn<string>("Label")));
    }
}
