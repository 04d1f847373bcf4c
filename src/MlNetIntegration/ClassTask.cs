using System.Globalization;
using GanPipeline.Primitives;
using GanPipeline.Resampling;
using GanPipeline.Resampling.Goals;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace GanPipeline.MlNet;

/// <summary>What a model says of rows.</summary>
/// <param name="Scores">[rows] or, of more than two classes, [rows, classes]: its column Score.</param>
/// <param name="Probabilities">[rows, classes] how likely each class is.</param>
internal sealed record ClassScores(float[] Scores, float[] Probabilities);

/// <summary>A model whose decisions follow a rule.</summary>
/// <param name="Model">Steps of ML.NET's own.</param>
/// <param name="Threshold">Of two classes, the probability that is decided by; null where the model has none.</param>
/// <param name="ScoreThreshold">Of two classes, the score of the trainer's model that is decided by.</param>
internal sealed record DecidedModel(ITransformer Model, double? Threshold = null, float? ScoreThreshold = null);

/// <summary>How ML.NET's models of two or of more classes are read, and how their decisions are made to follow a rule.</summary>
internal abstract class ClassTask
{
    private protected const string Score = "Score";

    /// <summary>The task of a label.</summary>
    /// <exception cref="UserErrorException">It is none that ML.NET's classifiers take.</exception>
    internal static ClassTask Of(MLContext context, ColumnCheck.Found label)
    {
        if (label.Kind == SchemaShape.Column.VectorKind.Scalar && label.IsKey) return new MulticlassTask();
        if (label.Kind == SchemaShape.Column.VectorKind.Scalar && label.Item is BooleanDataViewType) return new BinaryTask(context);
        throw new UserErrorException($"label column '{label.Name}' is {ColumnCheck.TypeOf(label)}; a classifier takes a Boolean, for two classes, or a key: "
            + "put ml.Transforms.Conversion.MapValueToKey before it");
    }

    /// <summary>Reads what a fitted model says of rows.</summary>
    /// <exception cref="UserErrorException">It is no classifier of such a label.</exception>
    internal abstract ClassScores Scored(ITransformer fitted, IDataView rows, int classes);

    /// <summary>Fits a calibrator.</summary>
    /// <param name="calibrator">The estimator.</param>
    /// <param name="scores">What <see cref="Scored"/> gave of rows that the scoring model had not seen.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="labelColumn">The name by which the estimator knows the labels.</param>
    /// <exception cref="UserErrorException">There is no calibration of such a label, or the estimator is no calibrator.</exception>
    internal abstract ITransformer Calibrate(IEstimator<ITransformer> calibrator, float[] scores, long[] labels, string labelColumn);

    /// <summary>The probabilities that a calibrator makes of scores: [rows, classes].</summary>
    internal abstract float[] Calibrated(ITransformer calibrator, float[] scores);

    /// <summary>A model with decisions by a rule.</summary>
    /// <param name="fitted">What the trainer gave.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="calibrator">What replaces its probabilities; null for nothing.</param>
    /// <param name="training">The training rows.</param>
    /// <param name="labelColumn">Their label.</param>
    internal abstract DecidedModel Decided(ITransformer fitted, DecisionRule rule, ITransformer? calibrator, IDataView training, string labelColumn);
}

/// <summary>
/// Two classes. ML.NET decides by the score, and counts by it too: <c>Evaluate</c> and <c>CrossValidate</c> take a score above 0 for a decision, whatever
/// threshold a model has. So the model gets the threshold, and its score is then shifted to it: above 0 is what was decided.
/// </summary>
internal sealed class BinaryTask(MLContext context) : ClassTask
{
    private delegate (float No, float Yes) ScoreMap(float score);

    internal override ClassScores Scored(ITransformer fitted, IDataView rows, int classes)
    {
        ScoreMap map = MapOf(CalibratorIn(fitted));
        float[] scores = [.. fitted.Transform(rows).GetColumn<float>(Score)];
        return new ClassScores(scores, Mapped(scores, map));
    }

    internal override ITransformer Calibrate(IEstimator<ITransformer> calibrator, float[] scores, long[] labels, string labelColumn)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(ScoredRow));
        schema[nameof(ScoredRow.Label)].ColumnName = labelColumn;
        ITransformer fitted = calibrator.Fit(
            context.Data.LoadFromEnumerable(scores.Select((score, i) => new ScoredRow { Label = labels[i] == 1, Score = score }).ToArray(), schema));
        return fitted is IPredictionTransformer<ICalibrator> ? fitted : throw new UserErrorException($"BalancingOptions.Calibrator gives a "
            + $"{FittedPredictor.Name(fitted.GetType())}, which is no calibrator; give one of ml.BinaryClassification.Calibrators");
    }

    internal override float[] Calibrated(ITransformer calibrator, float[] scores) =>
        Mapped(scores, MapOf(((IPredictionTransformer<ICalibrator>)calibrator).Model));

    internal override DecidedModel Decided(ITransformer fitted, DecisionRule rule, ITransformer? calibrator, IDataView training, string labelColumn)
    {
        ITransformer predictor = FittedPredictor.In(fitted, typeof(BinaryPredictionTransformer<>));
        ICalibrator? probabilities = (calibrator as IPredictionTransformer<ICalibrator>)?.Model ?? CalibratorIn(fitted);
        float threshold = rule.IsEven && calibrator is null ? 0 : Highest(MapOf(probabilities), rule);
        ITransformer moved = GenericCall.Of<ITransformer>(typeof(BinaryTask), nameof(Moved), predictor.GetType().GetGenericArguments()[0], context, predictor,
            threshold);
        List<ITransformer> steps = [moved];
        if (calibrator is not null) steps.Add(calibrator); // it knows the score as it was
        if (threshold != 0) steps.Add(Shift(threshold));
        return new DecidedModel(FittedPredictor.Replaced(fitted, predictor, steps), probabilities is null ? null : rule.Threshold, threshold);
    }

    private static ITransformer Moved<TModel>(MLContext context, BinaryPredictionTransformer<TModel> predictor, float threshold)
        where TModel : class => context.BinaryClassification.ChangeModelThreshold(predictor, threshold);

    private static ITransformer Shift(float threshold)
    {
        // An own context: what is fitted here is no news for the log of the program's.
        var ml = new MLContext();
        string lambda = string.Create(CultureInfo.InvariantCulture, $"s => s {(threshold < 0 ? '+' : '-')} {Math.Abs(threshold):R}f");
        return ml.Transforms.Expression(Score, lambda, Score).Fit(ml.Data.LoadFromEnumerable<ScoredRow>([]));
    }

    /// <summary>The calibrator of a model that has probabilities; null for one that has scores alone.</summary>
    private static ICalibrator? CalibratorIn(ITransformer fitted)
    {
        object model = ((IPredictionTransformer<object>)FittedPredictor.In(fitted, typeof(BinaryPredictionTransformer<>))).Model;
        return (model as CalibratedModelParametersBase)?.Calibrator;
    }

    /// <summary>
    /// How a score is read as two probabilities. Without a calibrator the odds are s + √(s² + 1), whose logarithm is arsinh(s): 1 at a score of 0, growing
    /// with it, and as fine as the score itself at any size, where a logistic function would be 1 for all scores above 17.
    /// </summary>
    private static ScoreMap MapOf(ICalibrator? calibrator)
    {
        if (calibrator is not null)
        {
            return score =>
            {
                float probability = calibrator.PredictProbability(score);
                return (1 - probability, probability);
            };
        }
        return score =>
        {
            double odds = Math.Abs((double)score) + Math.Sqrt((double)score * score + 1);
            (float less, float more) = ((float)(1 / (1 + odds)), (float)(odds / (1 + odds)));
            return score < 0 ? (more, less) : (less, more);
        };
    }

    private static float[] Mapped(float[] scores, ScoreMap map)
    {
        float[] probabilities = new float[2 * scores.Length];
        for (int i = 0; i < scores.Length; i++) (probabilities[2 * i], probabilities[2 * i + 1]) = map(scores[i]);
        return probabilities;
    }

    /// <summary>
    /// The highest score that is not decided for the second class. The model decides for scores above it, so it decides as the rule does, to the last digit:
    /// whether a score is decided for only grows with it, and there are but 2³² scores to bisect.
    /// </summary>
    private static float Highest(ScoreMap map, DecisionRule rule)
    {
        (long no, long yes) = (Place(-float.MaxValue), Place(float.MaxValue));
        if (IsDecided(no)) return -float.MaxValue;
        if (!IsDecided(yes)) return float.MaxValue;
        while (yes - no > 1)
        {
            long middle = no + (yes - no) / 2;
            if (IsDecided(middle)) yes = middle;
            else no = middle;
        }
        return At(no);

        bool IsDecided(long place)
        {
            (float less, float more) = map(At(place));
            return rule.Decide([less, more])[0] == 1;
        }

        // Single's bits as numbers that grow with it.
        static long Place(float value)
        {
            int bits = BitConverter.SingleToInt32Bits(value);
            return bits >= 0 ? bits : -(long)(bits & int.MaxValue);
        }

        static float At(long place) => place >= 0 ? BitConverter.Int32BitsToSingle((int)place) : -BitConverter.Int32BitsToSingle((int)-place);
    }

    private sealed class ScoredRow
    {
        public bool Label { get; set; }

        public float Score { get; set; }
    }
}

/// <summary>
/// More classes. ML.NET decides for, and counts by, the highest score. So behind the model come steps that make its scores p_c·factor_c / Σ: a logarithm, a
/// shift by log factor_c, and a softmax, which is a maximum-entropy model whose weights are those of a unit matrix.
/// </summary>
internal sealed class MulticlassTask : ClassTask
{
    private const string Logarithm = "Score@log";
    private const float Smallest = 1e-30f; // of which there is a logarithm
    private const int Looked = 1000;

    internal override ClassScores Scored(ITransformer fitted, IDataView rows, int classes)
    {
        _ = FittedPredictor.In(fitted, typeof(MulticlassPredictionTransformer<>));
        float[][] scores = [.. fitted.Transform(rows).GetColumn<float[]>(Score)];
        if (Array.Find(scores, row => row.Length != classes) is { } strange)
            throw new UserErrorException($"the model has {strange.Length} scores, and its label {classes} classes; fit it on the same label");
        float[] probabilities = [.. AreProbabilities(scores) ? scores.SelectMany(row => row) : scores.SelectMany(Softmax)];
        return new ClassScores([.. scores.SelectMany(row => row)], probabilities);
    }

    internal override ITransformer Calibrate(IEstimator<ITransformer> calibrator, float[] scores, long[] labels, string labelColumn) =>
        throw new UserErrorException($"ML.NET calibrates two classes, and label column '{labelColumn}' is a key; leave BalancingOptions.Calibrator out");

    internal override float[] Calibrated(ITransformer calibrator, float[] scores) => throw new NotSupportedException();

    internal override DecidedModel Decided(ITransformer fitted, DecisionRule rule, ITransformer? calibrator, IDataView training, string labelColumn)
    {
        if (rule.IsEven) return new DecidedModel(fitted);
        ITransformer predictor = FittedPredictor.In(fitted, typeof(MulticlassPredictionTransformer<>));
        IDataView scored = fitted.Transform(training);
        bool probabilities = AreProbabilities([.. scored.GetColumn<float[]>(Score).Take(Looked)]);
        var ml = new MLContext(1); // an own context: what is fitted here is no news for the log of the program's
        string lambda = string.Create(CultureInfo.InvariantCulture, $"p => log(max(p, {Smallest:R}f))");
        IEstimator<ITransformer> logarithm = probabilities ? ml.Transforms.Expression(Logarithm, lambda, Score)
            : ml.Transforms.CopyColumns(Logarithm, Score);
        (MulticlassPredictionTransformer<MaximumEntropyModelParameters> softmax, float gain) = Softmax(ml, training.Schema[labelColumn], rule.Factors.Length);
        ITransformer[] steps =
        [
            predictor,
            logarithm.Fit(scored),
            Shift(ml, training.Schema[labelColumn], rule, gain),
            softmax,
            ml.Transforms.DropColumns(Logarithm).Fit(Rows(training.Schema[labelColumn], rule.Factors, 1)),
        ];
        return new DecidedModel(FittedPredictor.Replaced(fitted, predictor, steps));
    }

    /// <summary>
    /// A model whose scores are the softmax of its inputs, which are each a <c>gain</c>-th of a logarithm: that of one row of each class, the unit matrix. Its
    /// rows and classes are alike, so the weights are one number on the diagonal, another elsewhere, and the softmax knows their difference alone.
    /// </summary>
    private static (MulticlassPredictionTransformer<MaximumEntropyModelParameters> Model, float Gain) Softmax(
        MLContext ml, DataViewSchema.Column label, int classes)
    {
        float[] unit = new float[classes * classes];
        for (int c = 0; c < classes; c++) unit[c * (classes + 1)] = 1;
        var options = new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = label.Name,
            FeatureColumnName = Logarithm,
            L1Regularization = 0,
            L2Regularization = 0.1f, // without it the weights have no end
            NumberOfThreads = 1,
        };
        var model = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(options).Fit(Rows(label, unit, classes));
        VBuffer<float>[] weights = [];
        model.Model.GetWeights(ref weights, out _);
        return (model, weights[0].GetItemOrDefault(0) - weights[0].GetItemOrDefault(1));
    }

    /// <summary>(x_c + log factor_c) / gain: a normalisation by the least and the largest of two rows, which are those that come out as 0 and 1.</summary>
    private static ITransformer Shift(MLContext ml, DataViewSchema.Column label, DecisionRule rule, float gain)
    {
        float[] least = Array.ConvertAll(rule.Factors, factor => -(float)Math.Log(Math.Max(factor, Smallest)));
        float[] largest = Array.ConvertAll(least, value => value + gain);
        return ml.Transforms.NormalizeMinMax(Logarithm, fixZero: false).Fit(Rows(label, [.. least, .. largest], 2));
    }

    private static RowsView Rows(DataViewSchema.Column label, double[] values, int rows) => Rows(label, Array.ConvertAll(values, value => (float)value), rows);

    private static RowsView Rows(DataViewSchema.Column label, float[] values, int rows)
    {
        int columns = values.Length / rows;
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(Logarithm, new VectorDataViewType(NumberDataViewType.Single, columns));
        var data = new LabelledRows(values, columns, [.. Enumerable.Range(0, rows).Select(row => (long)row)], ClassNames.All(label));
        return new RowsView(data, label, schema.ToSchema()[0], null, null);
    }

    /// <summary>Whether scores are probabilities, as most trainers' are; the others are read as their logarithms, which those of naive Bayes are.</summary>
    private static bool AreProbabilities(float[][] scores) =>
        Array.TrueForAll(scores, row => Array.TrueForAll(row, p => p is >= 0 and <= 1.001f) && Math.Abs(row.Sum() - 1) < 1e-3);

    private static IEnumerable<float> Softmax(float[] scores)
    {
        double most = scores.Max();
        double[] raised = Array.ConvertAll(scores, score => Math.Exp(score - most));
        double sum = raised.Sum();
        return raised.Select(value => (float)(value / sum));
    }
}
