namespace GanPipeline.MlNetIntegration.Tests;

public sealed class BalancingTests
{
    private readonly MLContext _ml = new(1);

    private static BalancingOptions Options(BalancingGoal? goal = null) => new() { Goal = goal ?? BalancingGoal.F1, Folds = 3, Repeats = 1, Seed = 3 };

    private IEstimator<ITransformer> Logistic(string? weight = null) =>
        _ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Rare", exampleWeightColumnName: weight);

    private IEstimator<ITransformer> Several() => _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy();

    private static IEnumerable<ITransformer> Steps(ITransformer model) =>
        model is IEnumerable<ITransformer> steps ? steps.SelectMany(Steps) : [model];

    [Fact]
    public void Two_classes_gain_macro_F1_and_the_saved_model_is_of_ML_NETs_steps_alone()
    {
        IDataView train = _ml.Data.LoadFromEnumerable(RareRows.Two(2000, seed: 1)), test = _ml.Data.LoadFromEnumerable(RareRows.Two(10000, seed: 2));
        List<string> lines = [];
        _ml.Log += (_, e) => lines.Add(e.Message);
        BalancingReport? report = null;
        IEstimator<ITransformer> features = _ml.Transforms.Concatenate("Features", "X", "Y");
        ITransformer model = features.AppendBalancing(_ml, "Rare", "Features", Logistic(), Options(), r => report = r)
            .Append(_ml.Transforms.Conversion.ConvertType("Said", "PredictedLabel", DataKind.Single))
            .Append(_ml.Transforms.Concatenate("All", "Said", "Score", "Probability")).Fit(train);
        IDataView scored = model.Transform(test), plain = features.Append(Logistic()).Fit(train).Transform(test);

        Assert.InRange(RareRows.MacroF1<bool>(scored, "Rare"), RareRows.MacroF1<bool>(plain, "Rare") + 0.03, 1);
        Assert.Equal(10200, scored.GetColumn<bool>("PredictedLabel").Count());
        Assert.Equal(scored.GetColumn<bool>("PredictedLabel"), scored.GetColumn<float>("Score").Select(s => s > 0));
        Assert.All(Steps(model), step => Assert.StartsWith("Microsoft.ML", step.GetType().Assembly.GetName().Name));
        Assert.InRange(report!.Score, report.PlainScore + 0.02, 1);

        string text = report.ToString();
        Assert.Contains("SMOTE with 5 neighbours at .5", text);
        Assert.Contains("random over-sampling at 1", text);
        Assert.DoesNotContain("class weights", text); // the trainer takes none
        Assert.Contains(lines, line => line.Contains($"balancing for macro-F1, seed 3: {report.Method}, decided "));
        Assert.Contains(lines, line => line.Contains("trying 21 methods on inner folds 1 to 2 of 3"));

        RareRow[] rows = [.. RareRows.Two(100, seed: 4)];
        string[] expected = [.. model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("All")
            .Select(v => string.Join(' ', v.Select(x => x.ToString("R", System.Globalization.CultureInfo.InvariantCulture))))];
        Assert.Equal(expected, ModelUser.Run(_ml, model, [.. rows.Select(r => (r.X, r.Y, r.Label))], "All"));
    }

    [Fact]
    public void Several_classes_gain_balanced_accuracy()
    {
        IDataView train = _ml.Featured(RareRows.Three(800, seed: 1)), test = _ml.Featured(RareRows.Three(4000, seed: 2));
        BalancingReport? report = null;
        IDataView scored = Several().WithBalancing(_ml, "Label", "Features", Options(BalancingGoal.BalancedAccuracy), r => report = r).Fit(train)
            .Transform(test);
        Assert.InRange(_ml.MulticlassClassification.Evaluate(scored).MacroAccuracy,
            _ml.MulticlassClassification.Evaluate(Several().Fit(train).Transform(test)).MacroAccuracy + 0.05, 1);
        Assert.Equal((3, null, "balanced accuracy"), (report!.Factors.Count, report.Threshold, report.Goal));
    }

    [Fact]
    public void Class_weights_are_tried_where_the_trainer_has_a_column_for_them_and_the_model_needs_none()
    {
        IDataView train = _ml.Featured(RareRows.Two(600, seed: 1));
        BalancingReport? report = null;
        BalancingOptions options = Options() with { WeightColumnName = "Weight" };
        ITransformer model = Logistic("Weight").WithBalancing(_ml, "Rare", "Features", options, r => report = r).Fit(train);
        Assert.Contains("class weights at .25", report!.ToString());
        IDataView scored = model.Transform(train);
        Assert.Null(scored.Schema.GetColumnOrNull("Weight"));
        Assert.Equal(612, scored.GetColumn<bool>("PredictedLabel").Count());
    }

    [Fact]
    public void A_goal_without_decisions_chooses_a_method_and_moves_nothing()
    {
        BalancingReport? report = null;
        Logistic().WithBalancing(_ml, "Rare", "Features", Options(BalancingGoal.PrecisionRecallArea), r => report = r)
            .Fit(_ml.Featured(RareRows.Two(600, seed: 1)));
        Assert.Equal((0.5, 0f, "PR-AUC"), (report!.Threshold, report.ScoreThreshold, report.Goal));
        Assert.InRange(report.Score, report.PlainScore, 1);
    }

    [Fact]
    public void A_calibrator_is_fitted_to_the_real_rows_scores_whatever_was_added()
    {
        IDataView train = _ml.Featured(RareRows.Two(1500, seed: 1)), test = _ml.Featured(RareRows.Two(10000, seed: 2));
        BalancingReport? report = null;
        BalancingOptions options = Options(BalancingGoal.BalancedAccuracy) with { Calibrator = _ml.BinaryClassification.Calibrators.Platt("Rare") };
        IDataView scored = Logistic().WithBalancing(_ml, "Rare", "Features", options, r => report = r).Fit(train).Transform(test);
        float[] probabilities = [.. scored.GetColumn<float>("Probability")];
        Assert.Equal(1.0 / 51, probabilities.Average(), 0.006);
        Assert.Equal(scored.GetColumn<bool>("PredictedLabel"), probabilities.Select(p => p > report!.Threshold));
    }

    /// <summary>Keeps what a trainer is fitted on, and what its models are asked about.</summary>
    private sealed class Watched(IEstimator<ITransformer> trainer, Action<float[][]> onFit) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            onFit([.. input.GetColumn<float[]>("Features")]);
            return trainer.Fit(input);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => trainer.GetOutputSchema(inputSchema);
    }

    [Fact]
    public void The_trainer_never_sees_a_row_that_its_model_is_judged_on()
    {
        RareRow[] rows = RareRows.Two(300, seed: 1);
        HashSet<(float, float)> real = [.. rows.Select(r => (r.X, r.Y))];
        List<(int Real, int All)> fits = [];
        var trainer = new Watched(Logistic(), f => fits.Add((f.Select(v => (v[0], v[1])).Where(real.Contains).Distinct().Count(), f.Length)));
        IDataView data = _ml.Featured(rows);
        BalancingReport? report = null;
        trainer.WithBalancing(_ml, "Rare", "Features", Options(), r => report = r).Fit(data);
        Assert.All(fits.SkipLast(1), fit => Assert.InRange(fit.Real, 202, 206)); // two of three folds
        Assert.Contains(fits.SkipLast(1), fit => fit.All > 300);
        Assert.Equal(306, fits[^1].Real);
        Assert.Equal(report!.Method == "as it is", fits[^1].All == 306);

        fits.Clear();
        data = _ml.Featured(rows = RareRows.Two(800, seed: 1));
        real = [.. rows.Select(r => (r.X, r.Y))];
        var folds = _ml.BinaryClassification.CrossValidate(data, trainer.WithBalancing(_ml, "Rare", "Features", Options()), 2, "Rare", seed: 1);
        Assert.Equal(816, folds.Sum(f => f.ScoredHoldOutSet.GetColumn<bool>("Rare").Count()));
        Assert.All(fits, fit => Assert.InRange(fit.Real, 230, 450)); // of a half all rows, or two of three folds
    }

    [Fact]
    public void A_model_of_the_data_as_they_are_is_that_of_the_trainer_alone()
    {
        RareRow[] rows = [.. RareRows.Two(300, seed: 1).Select(r => new RareRow { X = r.Rare ? 9 + r.X : r.X, Y = r.Y, Rare = r.Rare, Label = r.Label })];
        IDataView data = _ml.Featured(rows);
        BalancingReport? report = null;
        ITransformer model = Logistic().WithBalancing(_ml, "Rare", "Features", Options(), r => report = r).Fit(data);
        Assert.Equal("as it is", report!.Method);
        Assert.Equal(Logistic().Fit(data).Transform(data).GetColumn<float>("Score"), model.Transform(data).GetColumn<float>("Score"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_shape_that_is_promised_is_that_of_the_rows(bool weighted)
    {
        IDataView train = _ml.Featured(RareRows.Two(300, seed: 1));
        IEstimator<ITransformer> trainer = _ml.Transforms.NormalizeMinMax("Features").Append(Logistic(weighted ? "Weight" : null));
        var listener = new Shape();
        ITransformer model = new EstimatorChain<ITransformer>()
            .Append(trainer.WithBalancing(_ml, "Rare", "Features", Options() with { WeightColumnName = weighted ? "Weight" : null }))
            .Append(listener).Fit(train);
        Assert.Equal([.. ColumnCheck.Columns(model.Transform(train).Schema).Select(c => $"{c.Name} {c.Item.RawType} {c.Kind} {c.IsKey}").Order()],
            listener.Heard!.Select(c => $"{c.Name} {c.ItemType.RawType} {c.Kind} {c.IsKey}").Order());
    }

    private sealed class Shape : IEstimator<ITransformer>
    {
        public SchemaShape? Heard { get; private set; }

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Heard = inputSchema;
    }

    [Fact]
    public void The_same_seed_gives_the_same()
    {
        (string Text, float[] Scores) Run(ulong seed)
        {
            var ml = new MLContext(1);
            IDataView data = ml.Featured(RareRows.Two(300, seed: 1));
            string? text = null;
            ITransformer model = ml.BinaryClassification.Trainers.AveragedPerceptron("Rare") // draws from its context while it is fitted
                .WithBalancing(ml, "Rare", "Features", Options() with { Seed = seed }, r => text = r.ToString()).Fit(data);
            return (text!, [.. model.Transform(data).GetColumn<float>("Score")]);
        }
        (string text, float[] scores) = Run(1);
        (string again, float[] scoresAgain) = Run(1);
        Assert.Equal(text, again);
        Assert.Equal(scores, scoresAgain);
        Assert.NotEqual(text, Run(2).Text);
    }

    [Fact]
    public void A_fit_can_be_ended()
    {
        using var stop = new CancellationTokenSource();
        int fits = 0;
        IEstimator<ITransformer> trainer = new Watched(Logistic(), _ =>
        {
            if (++fits == 3) stop.Cancel();
        }).WithBalancing(_ml, "Rare", "Features", Options() with { Cancellation = stop.Token });
        IDataView train = _ml.Featured(RareRows.Two(300, seed: 1));
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Fit(train));
        Assert.Equal(3, fits);
    }

    [Fact]
    public void Errors_say_what_is_wrong()
    {
        IDataView data = _ml.Featured(RareRows.Two(300, seed: 1));
        RareRow[] odd = RareRows.Two(300, seed: 1);
        odd[6].X = float.NaN;
        Says("features column 'Features' has NaN in row 7; replace missing values before balancing", Logistic(), _ml.Featured(odd), Options());
        Says("a choice on folds needs two classes of at least 2 different rows, and the classes have 'False' 300, 'True' 0: give more rows of the rare ones.",
            Logistic(), _ml.Featured([.. RareRows.Two(300, seed: 1).Where(r => !r.Rare)]), Options());
        Says("the trainer cannot be fitted on columns 'Rare', 'Features', which are all that balancing can make rows of (", Logistic("X"), data, Options());
        Says("the data has a column 'X' already, which is to have the class weights; name another one in BalancingOptions.WeightColumnName",
            Logistic("X"), data, Options() with { WeightColumnName = "X" });

        void Says(string message, IEstimator<ITransformer> trainer, IDataView train, BalancingOptions options) =>
            Assert.StartsWith(message, Assert.Throws<UserErrorException>(() => trainer.WithBalancing(_ml, "Rare", "Features", options).Fit(train)).Message);
    }
}
