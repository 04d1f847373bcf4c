using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Primitives;
using GanPipeline.Resampling;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// Compares methods of up-sampling on stratified folds of the rows that are being fitted: a classifier is trained on the other folds, up-sampled, and scored on
/// the real rows of its own. A generator that is trained by Fit is trained anew for each fold, so it never sees the rows that it is scored on.
/// </summary>
internal sealed class FoldComparison
{
    private const string Label = nameof(FoldRow.Label), Features = nameof(FoldRow.Features);

    private readonly MLContext _context;
    private readonly UpsamplingOptions _options;
    private readonly int _foldCount;
    private readonly ulong _seed;
    private readonly string[] _classes;
    private readonly int _columns;
    private readonly float[][] _rows;
    private readonly int[][] _folds;

    private FoldComparison(MLContext context, VectorRows rows, UpsamplingOptions options, int foldCount, ulong seed)
    {
        (_context, _options, _foldCount, _seed, _columns) = (context, options, foldCount, seed, rows.FeatureCount);
        _classes = [.. rows.Classes.Select(c => c.Name)];
        _rows = rows.ReadFeatures(_ => true);
        long[] labels = [.. rows.Classes.SelectMany((c, i) => Enumerable.Repeat((long)i, c.Count))];
        int[] folds = StratifiedFolds.Of(_rows.SelectMany(r => r).ToArray(), _columns, labels, _classes.Length, foldCount, seed);
        _folds = [.. _classes.Select((_, i) => folds.Where((_, row) => labels[row] == i).ToArray())];
        foreach (ClassCount c in rows.Classes.Where((_, i) => _folds[i].Distinct().Count() < foldCount))
        {
            throw new UserErrorException($"class '{c.Name}' has {c.Count} rows, too few different ones for the {foldCount} folds of the comparison; "
                + "choose fewer folds");
        }
    }

    private sealed class FoldRow
    {
        public string Label { get; set; } = "";

        public float[] Features { get; set; } = [];
    }

    internal static UpsamplingComparison Run(MLContext context, VectorRows rows, UpsamplingOptions options, int foldCount, ulong seed)
    {
        var folds = new FoldComparison(context, rows, options, foldCount, seed);
        Resampler[] baselines = [Resampler.RandomOversampling(), Resampler.Smote()];
        ComparedMethod[] methods =
        [
            folds.Compare("none", null),
            folds.Compare("none, thresholds moved", null, moved: true),
            .. baselines.Where(b => b.GetType() != options.Resampler.GetType()).Select(folds.TryCompare),
            folds.Compare("", options.Resampler),
        ];
        string? caution = options.Resampler is FileResampler or SessionResampler
            ? "if the generator file was trained on these rows, it has seen those that it is scored on, and its figures are too good"
            : null;
        return new(rows.Classes.MinBy(c => c.Count).Name, methods, caution);
    }

    /// <summary>A baseline that the data do not allow is a line of the table, and no reason to fail.</summary>
    private ComparedMethod TryCompare(Resampler source)
    {
        try
        {
            return Compare("", source);
        }
        catch (UserErrorException e)
        {
            return new(source is SmoteResampler ? "SMOTE" : "random over-sampling", [], [], [], e.Message);
        }
    }

    /// <param name="name">The method's name, where no source tells it.</param>
    /// <param name="source">Where added rows come from; null for none.</param>
    /// <param name="moved">Whether the classifier is asked as if all classes were equally frequent, which is free and often does what added rows do.</param>
    private ComparedMethod Compare(string name, Resampler? source, bool moved = false)
    {
        var scores = new List<ClassificationScores>();
        for (int fold = 0; fold < _foldCount; fold++)
        {
            (IDataView train, float[] held, long[] heldLabels) = Split(fold);
            UpsamplingTransformer? fitted = null;
            if (source is not null)
            {
                var options = new UpsamplingOptions
                {
                    Balance = _options.Balance,
                    Resampler = source,
                    MemoryLimit = _options.MemoryLimit,
                    Seed = SeedStream.Derive(_seed, "fold", (ulong)fold),
                };
                fitted = new UpsamplingEstimator(_context, Label, Features, options).Fit(train);
                (train, name) = (fitted.Transform(train), fitted.Report.Resampler);
            }
            float[] values;
            long[] labels;
            using (fitted)
            {
                values = [.. train.GetColumn<float[]>(Features).SelectMany(f => f)];
                labels = [.. train.GetColumn<string>(Label).Select(l => (long)ClassMatch.Place(l, _classes))];
            }
            var trained = new LabelledRows(values, _columns, labels, _classes);
            using IFittedClassifier classifier = BoostedTrees.Default.Fit(trained, null, _seed, default);
            scores.Add(ClassificationScores.Of(heldLabels,
                moved ? classifier.PredictBalanced(held, trained.ClassCounts()) : classifier.Predict(held, _classes.Length), _classes.Length));
        }
        int rare = Array.IndexOf(_rows, _rows.MinBy(r => r.Length));
        return new(name, [.. scores.Select(s => s.MacroF1)], [.. scores.Select(s => s.Recall[rare])], [.. scores.Select(s => s.BalancedAccuracy)]);
    }

    private (IDataView Train, float[] Held, long[] HeldLabels) Split(int fold)
    {
        var train = new List<FoldRow>();
        var held = new List<float>();
        var heldLabels = new List<long>();
        for (int c = 0; c < _classes.Length; c++)
        {
            for (int i = 0; i < _folds[c].Length; i++)
            {
                float[] row = _rows[c].AsSpan(i * _columns, _columns).ToArray();
                if (_folds[c][i] != fold)
                {
                    train.Add(new FoldRow { Label = _classes[c], Features = row });
                    continue;
                }
                held.AddRange(row);
                heldLabels.Add(c);
            }
        }
        SchemaDefinition schema = SchemaDefinition.Create(typeof(FoldRow));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, _columns);
        return (_context.Data.LoadFromEnumerable(train, schema), [.. held], [.. heldLabels]);
    }
}
