using Microsoft.ML.Runtime;

namespace GanPipeline.MlNetFacts.Tests;

/// <summary>What a step that adds rows for training alone can rely on in ML.NET's chains: why UpsamplingTransformer looks at who calls it.</summary>
public sealed class ChainFacts
{
    private readonly MLContext _ml = new(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_steps_behind_it_are_fitted_on_its_rows_though_there_are_caches_before_and_behind_it(bool cached)
    {
        int rows = 0;
        var chain = new EstimatorChain<ITransformer>().Append(_ml.Transforms.CopyColumns("Z", "X"));
        chain = cached ? chain.AppendCacheCheckpoint(_ml) : chain;
        var adding = chain.Append(new RowAdder(_ml, 7) { OnlyFittedView = true }, TransformerScope.Training); // Fit and Transform get the same instance
        adding = cached ? adding.AppendCacheCheckpoint(_ml) : adding;
        adding.Append(_ml.Transforms.Concatenate("Features", "X", "Y")).Append(new Watcher(view => rows = view.Count())).Fit(_ml.View(50));
        Assert.Equal(57, rows);
    }

    [Fact]
    public void Scope_and_identity_together_add_rows_only_where_they_are_asked_for_by_name()
    {
        IDataView train = _ml.View(20), other = _ml.View(20);
        int[] Rows(bool identity, TransformerScope scope)
        {
            var model = new EstimatorChain<ITransformer>().Append(new RowAdder(_ml, 5) { OnlyFittedView = identity }, scope).Fit(train);
            return [model.Transform(train).Count(), model.Transform(other).Count(), model.Transform(other, TransformerScope.Everything).Count(),
                model.Transform(train, TransformerScope.Training).Count()];
        }
        Assert.Equal([20, 20, 25, 25], Rows(false, TransformerScope.Training));
        Assert.Equal([25, 20, 20, 25], Rows(true, TransformerScope.Everything));
        Assert.Equal([20, 20, 20, 25], Rows(true, TransformerScope.Training));
    }

    [Theory]
    [InlineData(false, 30)]
    [InlineData(true, 0)]
    public void Cross_validation_scores_with_all_scopes_so_only_identity_keeps_added_rows_out_of_hold_out_folds(bool identity, int added)
    {
        const int Folds = 4;
        var chain = new EstimatorChain<ITransformer>().Append(new RowAdder(_ml, 30) { OnlyFittedView = identity }, TransformerScope.Training)
            .Append(_ml.Transforms.Concatenate("Features", "X", "Y")).Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression(nameof(Point.IsRare)));
        var folds = _ml.BinaryClassification.CrossValidate(_ml.View(400), chain, Folds, nameof(Point.IsRare));
        Assert.Equal(400 + (Folds * added), folds.Sum(fold => fold.ScoredHoldOutSet.Count()));
    }

    /// <summary>Why AppendUpsampling puts its step into every scope, and does not trust the training scope.</summary>
    [Fact]
    public void A_chain_that_is_passed_on_as_an_estimator_loses_its_training_scope()
    {
        int rows = 0;
        IEstimator<ITransformer> nested = new EstimatorChain<ITransformer>().Append(new RowAdder(_ml, 5), TransformerScope.Training);
        nested.Append(new Watcher(view => rows = view.Count())).Fit(_ml.View(20));
        Assert.Equal(20, rows);
    }

    /// <summary>Why AppendUpsampling gives that type, whatever its last step is.</summary>
    [Fact]
    public void A_chain_of_plain_transformers_is_appended_to_and_not_nested_also_by_its_interface()
    {
        IEstimator<ITransformer> chain = new EstimatorChain<ITransformer>().Append<ITransformer>(new RowAdder(_ml, 5), TransformerScope.Training);
        int rows = 0;
        chain.Append(new Watcher(view => rows = view.Count())).Fit(_ml.View(20));
        Assert.Equal(25, rows);
        var cached = (TransformerChain<ITransformer>)chain.AppendCacheCheckpoint(_ml).Fit(_ml.View(20));
        Assert.IsType<TransformerChain<ITransformer>>(Assert.Single(cached)); // a cache nests all the same
    }

    /// <summary>
    /// ChainFit counts the chains around a Fit, and knows their Transform by its callers: steps of chains all the way to the Fit of a chain.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Each_chain_that_is_fitted_asks_its_steps_once_for_rows_and_is_seen_on_the_stack(int depth)
    {
        var calls = new List<string>();
        IEstimator<ITransformer> pipeline = new EstimatorChain<ITransformer>().Append(_ml.Transforms.CopyColumns("A", "X")).Append(new Caller(calls));
        for (int i = 1; i < depth; i++)
            pipeline = new EstimatorChain<ITransformer>().Append(pipeline).Append(_ml.Transforms.CopyColumns("B", "X"));
        ITransformer model = pipeline.Fit(_ml.View(5));
        Assert.Equal([$"fit in {depth}", .. Enumerable.Repeat("transform for a chain", depth)], calls);
        model.Transform(_ml.View(5));
        Assert.Equal("transform for another", calls[^1]);
        _ml.Data.CrossValidationSplit(_ml.View(20), 2).ToList().ForEach(fold => pipeline.Fit(fold.TrainSet).Transform(fold.TestSet));
        Assert.Equal(2 + 1, calls.Count(c => c == "transform for another"));
    }

    /// <summary>Says who calls it.</summary>
    private sealed class Caller(List<string> calls) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            calls.Add($"fit in {Types().TakeWhile(t => IsChain(t) || t == typeof(Caller)).Count(IsChain)}");
            return new Step(calls);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;

        private static IEnumerable<Type> Types() => new System.Diagnostics.StackTrace().GetFrames().Select(f => f.GetMethod()!.DeclaringType!).Skip(1);

        private static bool IsChain(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EstimatorChain<>);

        private sealed class Step(List<string> calls) : ITransformer
        {
            public bool IsRowToRowMapper => true;

            public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

            public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

            public void Save(ModelSaveContext ctx) => throw new NotSupportedException();

            public IDataView Transform(IDataView input)
            {
                Type asking = Types().First(t => !typeof(ITransformer).IsAssignableFrom(t) && t != typeof(Caller));
                calls.Add($"transform for {(IsChain(asking) ? "a chain" : "another")}");
                return input;
            }
        }
    }

    /// <summary>Why ShapeOf asks a chain for the shape of a column, and SavedAs and UpsamplingTransformer save stock steps.</summary>
    [Fact]
    public void An_external_estimator_can_neither_declare_columns_nor_write_a_format_of_its_own()
    {
        Assert.Empty(typeof(SchemaShape.Column).GetConstructors());
        Assert.Null(typeof(SchemaShape).GetMethod("Create"));
        Assert.Equal(["Dispose"], typeof(ModelSaveContext).GetMethods().Where(m => m.DeclaringType == typeof(ModelSaveContext)).Select(m => m.Name));
    }

    /// <summary>By ColumnCheck in GetOutputSchema, a pipeline with a wrong column fails before the minutes that training takes.</summary>
    [Fact]
    public void A_chain_asks_every_step_for_its_schema_before_it_fits_one()
    {
        bool fitted = false;
        var chain = new EstimatorChain<ITransformer>().Append(new Watcher(_ => fitted = true)).Append(_ml.Transforms.Concatenate("F", "X", "None"));
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(_ml.View(5)));
        Assert.False(fitted);
    }

    /// <summary>UpsamplingEstimator takes its seed from the context where none is given.</summary>
    [Fact]
    public void A_seeded_context_gives_an_extension_the_same_random_numbers_every_time()
    {
        static long Draw(int? seed) => ((IHostEnvironment)new MLContext(seed)).Register("Upsampling").Rand.NextInt64();
        Assert.Equal(Draw(5), Draw(5));
        Assert.NotEqual(Draw(5), Draw(6));
        Assert.NotEqual(Draw(null), Draw(null));
    }
}
