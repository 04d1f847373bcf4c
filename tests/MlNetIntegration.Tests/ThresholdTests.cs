using System.Globalization;
using GanPipeline.Resampling.Goals;
using GanPipeline.Resampling.Selection;
using Microsoft.ML.Calibrators;

namespace GanPipeline.MlNetIntegration.Tests;

public sealed class ThresholdTests
{
    private readonly MLContext _ml = new(1);

    private static BalancingOptions Options(BalancingGoal? goal = null) => new() { Goal = goal ?? BalancingGoal.F1, Repeats = 1, Seed = 3 };

    /// <summary>A trainer of a context of its own, so that the next one of its name draws the same random numbers.</summary>
    private static IEstimator<ITransformer> Binary(string name) => Binary(new MLContext(1), name);

    private static IEstimator<ITransformer> Binary(MLContext ml, string name) => name switch
    {
        "Lbfgs" => ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Rare"),
        "FastTree" => ml.BinaryClassification.Trainers.FastTree("Rare", numberOfLeaves: 4, numberOfTrees: 20),
        "Perceptron" => ml.BinaryClassification.Trainers.AveragedPerceptron("Rare"),
        "Forest" => ml.BinaryClassification.Trainers.FastForest("Rare", numberOfLeaves: 4, numberOfTrees: 20),
        "behind a step" => ml.Transforms.NormalizeMeanVariance("Features").Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Rare")),
        "in a chain in a chain" => ml.Transforms.NormalizeMeanVariance("Features")
            .Append(ml.Transforms.CopyColumns("Z", "X").Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Rare")))
            .Append(ml.Transforms.CopyColumns("Z2", "PredictedLabel")),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private IEstimator<ITransformer> Multiclass(string name) => name switch
    {
        "Lbfgs" => _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(),
        "one against all" => _ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression()),
        "naive Bayes" => _ml.Transforms.NormalizeBinning("Features", maximumBinCount: 4)
            .Append(_ml.Transforms.Expression("Features", "x => x - 0.5f", "Features"))
            .Append(_ml.MulticlassClassification.Trainers.NaiveBayes()),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private (ITransformer Model, BalancingReport Report) Fit(IEstimator<ITransformer> trainer, string label, IDataView train, BalancingOptions options)
    {
        BalancingReport? report = null;
        ITransformer model = trainer.WithThreshold(_ml, label, "Features", options, r => report = r).Fit(train);
        return (model, report!);
    }

    /// <summary>What models say of the rows of folds that they were not fitted on, made step by step.</summary>
    private static (bool[] Actual, float[] Said) OutOfFold(IEstimator<ITransformer> trainer, IDataView train, string column)
    {
        LabelledView data = LabelledView.Read(train, "Rare", "Features");
        var folds = new SelectionOptions { Folds = 4, Repeats = 2, Seed = 3 };
        (List<bool> actual, List<float> said) = ([], []);
        foreach (var cut in MethodSelection.Cuts(data.Rows, folds))
        {
            for (int fold = 0; fold < 4; fold++)
            {
                int[] held = cut.Held(fold);
                ITransformer fitted = trainer.Fit(new MLContext().Data.Cache(data.Without(held)));
                actual.AddRange(held.Select(row => data.Rows.Labels[row] == 1));
                said.AddRange(fitted.Transform(data.Held(held)).GetColumn<float>(column));
            }
        }
        return ([.. actual], [.. said]);
    }

    /// <summary>It is the mean of the best cuts of bootstrap samples, so on these very rows a little worse than the single best.</summary>
    [Theory]
    [InlineData("Lbfgs", "Probability")]
    [InlineData("FastTree", "Probability")]
    [InlineData("Perceptron", "Score")]
    public void The_threshold_is_about_as_good_as_the_best_of_all_cuts_between_rows_out_of_fold(string trainer, string column)
    {
        IDataView train = _ml.Featured(RareRows.Two(1500, seed: 1));
        BalancingGoal goal = column == "Score" ? BalancingGoal.BalancedAccuracy : BalancingGoal.F1;
        (_, BalancingReport report) = Fit(Binary(trainer), "Rare", train, Options(goal) with { Repeats = 2 });
        (bool[] actual, float[] said) = OutOfFold(Binary(trainer), train, column);

        double best = said.Distinct().Max(At), plain = At(column == "Score" ? 0 : 0.5f);
        double found = At(column == "Score" ? report.ScoreThreshold!.Value : (float)report.Threshold!.Value);
        Assert.InRange(found, best - 0.025, best);
        Assert.InRange(found, plain + 0.01, 1); // it is worth it
        Assert.Equal(column == "Score", report.Threshold is null);

        double At(float threshold)
        {
            bool[] decided = [.. said.Select(s => s > threshold)];
            if (column != "Score") return RareRows.MacroF1(actual, decided);
            return new[] { false, true }.Average(c => actual.Zip(decided).Where(p => p.First == c).Average(p => p.Second == c ? 1.0 : 0));
        }
    }

    [Theory]
    [InlineData("Lbfgs")]
    [InlineData("FastTree")]
    [InlineData("Perceptron")]
    [InlineData("Forest")]
    [InlineData("behind a step")]
    [InlineData("in a chain in a chain")]
    public void Decisions_scores_and_the_stock_evaluation_agree_and_macro_F1_gains(string trainer)
    {
        IDataView train = _ml.Featured(RareRows.Two(2000, seed: 1)), test = _ml.Featured(RareRows.Two(10000, seed: 2));
        (ITransformer model, BalancingReport report) = Fit(Binary(trainer), "Rare", train, Options());
        IDataView plain = UpToThePredictor(model, "BinaryPrediction").Transform(test), scored = model.Transform(test);
        bool[] decided = [.. scored.GetColumn<bool>("PredictedLabel")], actual = [.. test.GetColumn<bool>("Rare")];
        float[] scores = [.. scored.GetColumn<float>("Score")], before = [.. plain.GetColumn<float>("Score")];

        Assert.Equal(decided, scores.Select(s => s > 0));
        Assert.Equal(decided, before.Select(s => s > report.ScoreThreshold));
        if (report.Threshold is not null)
        {
            float[] probabilities = [.. scored.GetColumn<float>("Probability")];
            DecisionRule rule = DecisionRule.Of(report.Threshold.Value);
            Assert.Equal(rule.Decide([.. probabilities.SelectMany(p => new[] { 1 - p, p })]), decided.Select(d => d ? 1L : 0));
            Assert.InRange(RareRows.MacroF1(actual, decided), RareRows.MacroF1(actual, [.. before.Select(s => s > 0)]) + 0.03, 1);
        }
        var metrics = _ml.BinaryClassification.EvaluateNonCalibrated(scored, "Rare"); // ML.NET's own, by the score
        int hits = decided.Zip(actual).Count(p => p.First && p.Second);
        Assert.Equal(2.0 * hits / (decided.Count(d => d) + actual.Count(a => a)), metrics.F1Score, 1e-6);
        Assert.Equal(_ml.BinaryClassification.EvaluateNonCalibrated(plain, "Rare").AreaUnderRocCurve, metrics.AreaUnderRocCurve, 1e-4);
    }

    /// <summary>The trainer's own model, as far as its scores go, and the steps before it.</summary>
    private static TransformerChain<ITransformer> UpToThePredictor(ITransformer model, string type)
    {
        ITransformer[] steps = [.. Steps(model)];
        return new(steps[..(Array.FindIndex(steps, step => step.GetType().Name.StartsWith(type, StringComparison.Ordinal)) + 1)]);
    }

    [Theory]
    [InlineData("Lbfgs", true)]
    [InlineData("one against all", true)]
    [InlineData("naive Bayes", false)]
    public void Of_several_classes_the_scores_are_the_probabilities_times_the_factors(string trainer, bool probabilities)
    {
        IDataView train = _ml.Featured(RareRows.Three(1000, seed: 1)), test = _ml.Featured(RareRows.Three(1500, seed: 2));
        (ITransformer model, BalancingReport report) = Fit(Multiclass(trainer), "Label", train, Options(BalancingGoal.BalancedAccuracy));
        Assert.Equal(["common", "middle", "rare"], report.Factors.Select(f => f.Class));
        Assert.Null(report.Threshold);

        // Cached, since one against all scores a row by several threads, and that takes its time.
        IDataView plain = _ml.Data.Cache(UpToThePredictor(model, "MulticlassPrediction").Transform(test)), scored = _ml.Data.Cache(model.Transform(test));
        uint[] decided = [.. scored.GetColumn<uint>("PredictedLabel")];
        (int row, int near) = (0, 0);
        foreach ((float[] before, float[] after) in plain.GetColumn<float[]>("Score").Zip(scored.GetColumn<float[]>("Score")))
        {
            double most = before.Max();
            double[] wanted = [.. before.Zip(report.Factors, (s, f) => (probabilities ? s : Math.Exp(s - most)) * f.Factor)];
            double sum = wanted.Sum();
            for (int c = 0; c < 3; c++) Assert.Equal(wanted[c] / sum, after[c], 2e-5);
            double[] sorted = [.. wanted.OrderDescending()];
            if (sorted[0] - sorted[1] < 1e-4 * sum) near++;
            else Assert.Equal((uint)Array.IndexOf(wanted, sorted[0]) + 1, decided[row]);
            row++;
        }
        Assert.InRange(near, 0, 10);

        VBuffer<ReadOnlyMemory<char>> keys = default, slots = default;
        scored.Schema["PredictedLabel"].GetKeyValues(ref keys);
        scored.Schema["Score"].GetSlotNames(ref slots);
        Assert.Equal(["common", "middle", "rare"], keys.DenseValues().Select(k => k.ToString()));
        Assert.Equal(["common", "middle", "rare"], slots.DenseValues().Select(k => k.ToString()));
        double gained = _ml.MulticlassClassification.Evaluate(scored).MacroAccuracy;
        Assert.Equal(MeanRecall(decided), gained, 1e-3);
        Assert.InRange(gained, _ml.MulticlassClassification.Evaluate(plain).MacroAccuracy + 0.02, 1);

        double MeanRecall(uint[] predicted)
        {
            uint[] actual = [.. test.GetColumn<uint>("Label")];
            return Enumerable.Range(1, 3).Average(c => actual.Zip(predicted).Where(p => p.First == c).Average(p => p.Second == c ? 1.0 : 0));
        }
    }

    [Fact]
    public void Two_classes_with_a_key_are_a_label_of_several()
    {
        IDataView train = _ml.Featured(RareRows.Two(2000, seed: 1)), test = _ml.Featured(RareRows.Two(10000, seed: 2));
        (ITransformer model, BalancingReport report) = Fit(Multiclass("Lbfgs"), "Label", train, Options());
        Assert.Equal(2, report.Factors.Count);
        double plain = RareRows.MacroF1<uint>(Multiclass("Lbfgs").Fit(train).Transform(test), "Label");
        Assert.InRange(RareRows.MacroF1<uint>(model.Transform(test), "Label"), plain + 0.03, 1);
    }

    public static TheoryData<string, bool> Calibrations => new() { { "Perceptron", true }, { "Perceptron", false }, { "Lbfgs", true }, { "Lbfgs", false } };

    [Theory]
    [MemberData(nameof(Calibrations))]
    public void Calibration_gives_probabilities_that_the_threshold_is_one_of(string trainer, bool isotonic)
    {
        IDataView train = _ml.Featured(RareRows.Two(2000, seed: 1)), test = _ml.Featured(RareRows.Two(20000, seed: 2));
        var calibrators = _ml.BinaryClassification.Calibrators;
        IEstimator<ITransformer> calibrator = isotonic ? calibrators.Isotonic("Rare") : calibrators.Platt("Rare");
        (ITransformer model, BalancingReport report) = Fit(Binary(trainer), "Rare", train, Options() with { Calibrator = calibrator });
        IDataView scored = model.Transform(test);
        float[] probabilities = [.. scored.GetColumn<float>("Probability")];
        bool[] actual = [.. scored.GetColumn<bool>("Rare")], decided = [.. scored.GetColumn<bool>("PredictedLabel")];

        Assert.Equal(decided, probabilities.Select(p => p > report.Threshold!.Value));
        Assert.Equal(decided, scored.GetColumn<float>("Score").Select(s => s > 0));
        Assert.Equal(actual.Average(a => a ? 1.0 : 0), probabilities.Average(), 0.006); // as likely as it is
        double brier = actual.Zip(probabilities, (a, p) => Math.Pow((a ? 1 : 0) - p, 2)).Average(), share = 1.0 / 51;
        Assert.InRange(brier, 0, share * (1 - share)); // better than to know the share alone
        Assert.Contains(Steps(model), step => isotonic ? step is IsotonicCalibratorTransformer : step is PlattCalibratorTransformer);
    }

    private static IEnumerable<ITransformer> Steps(ITransformer model) =>
        model is IEnumerable<ITransformer> steps ? steps.SelectMany(Steps) : [model];

    [Theory]
    [InlineData("two")]
    [InlineData("calibrated")]
    [InlineData("three")]
    public void A_program_without_this_library_predicts_the_same(string kind)
    {
        IDataView train = _ml.Data.LoadFromEnumerable(kind == "three" ? RareRows.Three(600, seed: 1) : RareRows.Two(600, seed: 1));
        IEstimator<ITransformer> steps = _ml.Transforms.Concatenate("Features", "X", "Y");
        if (kind == "three")
        {
            steps = steps.Append(_ml.Transforms.Conversion.MapValueToKey("Label"))
                .Append(Multiclass("Lbfgs").WithThreshold(_ml, "Label", "Features", Options(BalancingGoal.BalancedAccuracy)))
                .Append(_ml.Transforms.Conversion.MapKeyToValue("All", "PredictedLabel"));
        }
        else
        {
            IEstimator<ITransformer>? calibrator = kind == "calibrated" ? _ml.BinaryClassification.Calibrators.Isotonic("Rare") : null;
            steps = steps.Append(Binary("Lbfgs").WithThreshold(_ml, "Rare", "Features", Options() with { Calibrator = calibrator }))
                .Append(_ml.Transforms.Conversion.ConvertType("Said", "PredictedLabel", DataKind.Single))
                .Append(_ml.Transforms.Concatenate("All", "Said", "Score", "Probability"));
        }
        ITransformer model = steps.Fit(train);
        Assert.All(Steps(model), step => Assert.StartsWith("Microsoft.ML", step.GetType().Assembly.GetName().Name));
        RareRow[] rows = [.. RareRows.Three(100, seed: 4)];
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        string[] expected = kind == "three" ? [.. scored.GetColumn<string>("All")]
            : [.. scored.GetColumn<float[]>("All").Select(v => string.Join(' ', v.Select(x => x.ToString("R", CultureInfo.InvariantCulture))))];
        Assert.InRange(expected.Distinct().Count(), 2, rows.Length);
        Assert.Equal(expected, ModelUser.Run(_ml, model, [.. rows.Select(r => (r.X, r.Y, r.Label))], "All"));
    }

    private sealed class Engine
    {
        public bool PredictedLabel { get; set; }
    }

    [Fact]
    public void Prediction_engines_and_cross_validation_work()
    {
        IDataView data = _ml.Featured(RareRows.Two(1500, seed: 1));
        IEstimator<ITransformer> chain = _ml.Transforms.CopyColumns("Z", "X").Append(Binary("Lbfgs").WithThreshold(_ml, "Rare", "Features", Options()));
        var folds = _ml.BinaryClassification.CrossValidate(data, chain, numberOfFolds: 3, labelColumnName: "Rare", seed: 1);
        var plain = _ml.BinaryClassification.CrossValidate(data, Binary("Lbfgs"), numberOfFolds: 3, labelColumnName: "Rare", seed: 1);
        Assert.InRange(folds.Average(f => f.Metrics.F1Score), plain.Average(f => f.Metrics.F1Score) + 0.05, 1);
        Assert.Equal(1530, folds.Sum(f => f.ScoredHoldOutSet.GetColumn<bool>("Rare").Count()));

        ITransformer model = chain.Fit(data);
        using var engine = _ml.Model.CreatePredictionEngine<Featured, Engine>(model);
        RareRow[] rows = [.. RareRows.Two(50, seed: 5)];
        Assert.Equal(model.Transform(_ml.Featured(rows)).GetColumn<bool>("PredictedLabel"),
            rows.Select(r => engine.Predict(new Featured { Features = [r.X, r.Y], X = r.X }).PredictedLabel));
    }

    private sealed class Featured
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float X { get; set; }

        public float Y { get; set; }

        public bool Rare { get; set; }

        public string Name { get; set; } = "";

        [KeyType(2)]
        public uint Label { get; set; }
    }

    /// <summary>Keeps which rows a trainer is fitted on.</summary>
    private sealed class Watched(IEstimator<ITransformer> trainer, Action<string[]> onFit) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            onFit([.. input.GetColumn<string>("Name")]);
            return trainer.Fit(input);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => trainer.GetOutputSchema(inputSchema);
    }

    [Fact]
    public void Each_row_is_left_out_of_one_fit_of_a_cut_and_the_last_fit_has_all_and_equal_rows_are_left_out_together()
    {
        RareRow[] rows = RareRows.Two(200, seed: 1);
        for (int i = 0; i < 20; i++) (rows[i].X, rows[i].Y) = (rows[i + 40].X, rows[i + 40].Y);
        List<string[]> fits = [];
        new Watched(Binary("Lbfgs"), fits.Add).WithThreshold(_ml, "Rare", "Features", Options() with { Folds = 2, Repeats = 2 }).Fit(_ml.Featured(rows));
        Assert.Equal(5, fits.Count);
        string[] all = [.. rows.Select(r => r.Name)];
        Assert.Equal(all, fits[4]);
        foreach (int cut in new[] { 0, 2 }) Assert.Equal(all.Order(), fits[cut].Concat(fits[cut + 1]).Order());
        foreach (string[] fit in fits)
            for (int i = 0; i < 20; i++) Assert.Equal(fit.Contains(rows[i].Name), fit.Contains(rows[i + 40].Name));
    }

    [Fact]
    public void Rows_without_a_class_are_trained_on_and_not_judged()
    {
        RareRow[] rows = RareRows.Three(300, seed: 1);
        foreach (RareRow row in rows.Take(30)) row.Label = "";
        List<string[]> fits = [];
        BalancingReport? report = null;
        new Watched(Multiclass("Lbfgs"), fits.Add).WithThreshold(_ml, "Label", "Features", Options(), r => report = r).Fit(_ml.Featured(rows));
        Assert.All(fits, fit => Assert.Superset(rows.Take(30).Select(r => r.Name).ToHashSet(), fit.ToHashSet()));
        Assert.Equal(3, report!.Factors.Count);
    }

    [Fact]
    public void A_step_for_training_alone_stays_one()
    {
        IDataView train = _ml.Featured(RareRows.Two(600, seed: 1));
        IEstimator<ITransformer> pipeline = new EstimatorChain<ITransformer>().Append(new Filter(_ml), TransformerScope.Training).Append(Binary("Lbfgs"));
        ITransformer model = new EstimatorChain<ITransformer>().Append(pipeline.WithThreshold(_ml, "Rare", "Features", Options())).Fit(train).LastTransformer;
        var chain = Assert.IsType<TransformerChain<ITransformer>>(model);
        Assert.Equal(612, chain.GetModelFor(TransformerScope.Scoring).Transform(train).GetColumn<float>("X").Count());
        Assert.InRange(chain.Transform(train, TransformerScope.Training).GetColumn<float>("X").Count(), 100, 600);
    }

    private sealed class Filter(MLContext ml) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => new Filtered(ml);

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    private sealed class Filtered(MLContext ml) : ITransformer
    {
        public bool IsRowToRowMapper => false;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public IDataView Transform(IDataView input) => ml.Data.FilterRowsByColumn(input, "X", lowerBound: -0.5);

        public void Save(ModelSaveContext ctx) => throw new NotSupportedException();
    }

    [Theory]
    [InlineData("Lbfgs", false)]
    [InlineData("Perceptron", true)]
    [InlineData("several", false)]
    public void The_shape_that_is_promised_is_that_of_the_rows(string trainer, bool calibrated)
    {
        IDataView train = _ml.Featured(trainer == "several" ? RareRows.Three(300, seed: 1) : RareRows.Two(300, seed: 1));
        IEstimator<ITransformer> wrapped = (trainer == "several" ? Multiclass("Lbfgs") : Binary(trainer)).WithThreshold(_ml,
            trainer == "several" ? "Label" : "Rare", "Features",
            Options(BalancingGoal.BalancedAccuracy) with { Calibrator = calibrated ? _ml.BinaryClassification.Calibrators.Platt("Rare") : null });
        var listener = new Shape();
        ITransformer model = new EstimatorChain<ITransformer>().Append(wrapped).Append(listener).Fit(train);
        string[] promised = [.. listener.Heard!.Select(c => $"{c.Name} {c.ItemType.RawType} {c.Kind} {c.IsKey}").Order()];
        string[] found = [.. ColumnCheck.Columns(model.Transform(train).Schema).Select(c => $"{c.Name} {c.Item.RawType} {c.Kind} {c.IsKey}").Order()];
        Assert.Equal(found, promised);
        Assert.Equal(model.GetOutputSchema(train.Schema).Select(c => c.Name), model.Transform(train).Schema.Select(c => c.Name));
    }

    private sealed class Shape : IEstimator<ITransformer>
    {
        public SchemaShape? Heard { get; private set; }

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Heard = inputSchema;
    }

    [Fact]
    public void Where_no_threshold_is_better_the_model_is_the_trainers()
    {
        RareRow[] rows = [.. RareRows.Two(400, seed: 1).Select(r => new RareRow { X = r.Rare ? 9 + r.X : r.X, Y = r.Y, Rare = r.Rare, Label = r.Label })];
        (ITransformer model, BalancingReport report) = Fit(Binary("Lbfgs"), "Rare", _ml.Featured(rows), Options());
        Assert.Equal((0.5, 0f, 1.0), (report.Threshold, report.ScoreThreshold, report.PlainScore));
        Assert.Equal(typeof(BinaryPredictionTransformer<>), model.GetType().GetGenericTypeDefinition());
        Assert.Contains("decided as the trainer does", report.ToString());
    }

    [Fact]
    public void Costs_move_the_threshold_to_where_they_are_least()
    {
        IDataView train = _ml.Featured(RareRows.Two(3000, seed: 1));
        (_, BalancingReport report) = Fit(Binary("Lbfgs"), "Rare", train, Options(BalancingGoal.Costs(("True", "False", 19))));
        Assert.InRange(report.Threshold!.Value, 0.01, 0.15); // 1 / (1 + 19), were the probabilities exact
        Assert.InRange(report.Score, report.PlainScore + 0.01, 0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_and_the_contexts_seed_stands_for_a_missing_one()
    {
        string Report(int contextSeed, ulong? seed)
        {
            var ml = new MLContext(contextSeed);
            string? text = null;
            ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Rare")
                .WithThreshold(ml, "Rare", "Features", new() { Seed = seed }, r => text = r.ToString()).Fit(ml.Featured(RareRows.Two(600, seed: 1)));
            return text!;
        }
        Assert.Equal(Report(1, null), Report(1, null));
        Assert.NotEqual(Report(1, null), Report(2, null));
        Assert.Equal(Report(1, 5), Report(2, 5));
    }

    [Fact]
    public void What_was_chosen_is_in_the_log()
    {
        List<string> lines = [];
        _ml.Log += (_, e) => lines.Add(e.Message);
        Fit(Binary("Lbfgs"), "Rare", _ml.Featured(RareRows.Two(300, seed: 1)), Options());
        Assert.Contains(lines, line => line.Contains("fitting the trainer on folds 1 to 4 of 4"));
        Assert.Contains(lines, line => line.Contains("balancing for macro-F1, seed 3: as it is, decided for 'True' above a probability of ."));
    }

    [Fact]
    public void A_fit_can_be_ended()
    {
        using var stop = new CancellationTokenSource();
        int fits = 0;
        IEstimator<ITransformer> trainer = new Watched(Binary("Lbfgs"), _ =>
        {
            if (++fits == 3) stop.Cancel();
        }).WithThreshold(_ml, "Rare", "Features", Options() with { Cancellation = stop.Token });
        IDataView train = _ml.Featured(RareRows.Two(300, seed: 1));
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(train));
        Assert.Equal(3, fits);
    }

    [Fact]
    public void Errors_say_what_is_wrong()
    {
        IDataView two = _ml.Featured(RareRows.Two(300, seed: 1)), three = _ml.Featured(RareRows.Three(300, seed: 1));
        Says("a choice on folds needs two classes of at least 2 different rows, and the classes have 'False' 300, 'True' 0: give more rows of the rare ones.",
            Binary("Lbfgs"), "Rare", _ml.Featured([.. RareRows.Two(300, seed: 1).Where(r => !r.Rare)]));
        Says("no threshold is better than another for PR-AUC, which goes by probabilities alone; choose another goal",
            Binary("Lbfgs"), "Rare", two, Options(BalancingGoal.PrecisionRecallArea));
        Says("label column 'X' is Single; a classifier takes a Boolean, for two classes, or a key: put ml.Transforms.Conversion.MapValueToKey before it",
            Binary("Lbfgs"), "X", two);
        Says("features column 'Y' is Single; expected is a vector of Single of known size, such as Concatenate makes",
            Binary("Lbfgs"), "Rare", two, features: "Y");
        Says("the data has no label column 'Fraud'; its columns are ", Binary("Lbfgs"), "Fraud", two);
        Says("the trainer gives a RegressionPredictionTransformer, and for such a label one that gives a BinaryPredictionTransformer is needed; "
            + "use another trainer", _ml.Regression.Trainers.FastTree("X", numberOfTrees: 2), "Rare", two);
        Says("the trainer gives a FieldAwareFactorizationMachinePredictionTransformer, and ",
            _ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine("Features", "Rare"), "Rare", two);
        Says("costs are given for class 'Common', and the label has no such class (but 'common', which is spelt otherwise); "
            + "name the costs by the classes of the data", Multiclass("Lbfgs"), "Label", three, Options(BalancingGoal.Costs(("rare", "Common", 3))));
        Says("ML.NET calibrates two classes, and label column 'Label' is a key; leave BalancingOptions.Calibrator out",
            Multiclass("Lbfgs"), "Label", three, Options() with { Calibrator = _ml.BinaryClassification.Calibrators.Platt("Label") });
        Says("BalancingOptions.Calibrator gives a ColumnCopyingTransformer, which is no calibrator; give one of ml.BinaryClassification.Calibrators",
            Binary("Lbfgs"), "Rare", two, Options() with { Calibrator = _ml.Transforms.CopyColumns("Probability", "Score") });
        Assert.Equal("BalancingOptions.Folds is 1; give at least 2", Assert.Throws<UserErrorException>(() => new BalancingOptions { Folds = 1 }).Message);
        Assert.Equal("BalancingOptions.Repeats is 0; give at least 1", Assert.Throws<UserErrorException>(() => new BalancingOptions { Repeats = 0 }).Message);
        Assert.Equal("a row of class 'a' that is predicted as 'b' costs NaN; give a finite number",
            Assert.Throws<UserErrorException>(() => BalancingGoal.Costs(("a", "b", double.NaN))).Message);

        void Says(string message, IEstimator<ITransformer> trainer, string label, IDataView train, BalancingOptions? options = null,
            string features = "Features")
        {
            IEstimator<ITransformer> wrapped = trainer.WithThreshold(_ml, label, features, options ?? Options());
            Assert.StartsWith(message, Assert.Throws<UserErrorException>(() => wrapped.Fit(train)).Message);
        }
    }
}
