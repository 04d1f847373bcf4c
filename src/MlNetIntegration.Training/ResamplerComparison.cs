using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Primitives;
using GanPipeline.Resampling;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// Compares resamplers on stratified folds of the rows that are being fitted (<see cref="FoldComparison"/>). A generator that is trained by Fit is trained anew
/// for each fold, so it never sees the rows that it is scored on.
/// </summary>
internal sealed class ResamplerComparison
{
    private const string Label = nameof(FoldRow.Label), Features = nameof(FoldRow.Features);

    private readonly MLContext _context;
    private readonly UpsamplingOptions _options;
    private readonly LabelledRows _rows;
    private readonly FoldComparison _folds;
    private readonly int _rare;

    private ResamplerComparison(MLContext context, VectorRows rows, UpsamplingOptions options, int foldCount, ulong seed)
    {
        (_context, _options) = (context, options);
        long[] labels = [.. rows.Classes.SelectMany((c, i) => Enumerable.Repeat((long)i, c.Count))];
        _rows = new LabelledRows([.. rows.ReadFeatures(_ => true).SelectMany(r => r)], rows.FeatureCount, labels, [.. rows.Classes.Select(c => c.Name)]);
        int[] counts = _rows.ClassCounts();
        _rare = Array.IndexOf(counts, counts.Min());
        _folds = new FoldComparison(_rows, foldCount, BoostedTrees.Default, seed);
        if (_folds.TooSmall() is { } small)
        {
            throw new UserErrorException($"class '{rows.Classes[small].Name}' has {rows.Classes[small].Count} rows, too few different ones for the {foldCount} "
                + "folds of the comparison; choose fewer folds");
        }
    }

    private sealed class FoldRow
    {
        public string Label { get; set; } = "";

        public float[] Features { get; set; } = [];
    }

    internal static UpsamplingComparison Run(MLContext context, VectorRows rows, UpsamplingOptions options, int foldCount, ulong seed)
    {
        var comparison = new ResamplerComparison(context, rows, options, foldCount, seed);
        Resampler[] baselines = [Resampler.RandomOversampling(), Resampler.Smote()];
        ComparedMethod[] methods =
        [
            comparison.Compare(Method.Untouched with { Name = "none" }),
            comparison.Compare(Method.TunedThreshold with { Name = "none, thresholds tuned" }),
            .. baselines.Where(b => b.GetType() != options.Resampler.GetType()).Select(comparison.TryCompare),
            comparison.Compare(options.Resampler),
        ];
        string? caution = options.Resampler is FileResampler or SessionResampler
            ? "if the generator file was trained on these rows, it has seen those that it is scored on, and its figures are too good"
            : null;
        return new(rows.Classes.MinBy(c => c.Count).Name, methods, caution)
        {
            TooFew = FewRows.Of([.. rows.Classes.Select(c => (int)c.Count)], [.. rows.Classes.Select(c => c.Name)], _ => false),
        };
    }

    /// <summary>A baseline that the data do not allow is a line of the table, and no reason to fail.</summary>
    private ComparedMethod TryCompare(Resampler resampler)
    {
        try
        {
            return Compare(resampler);
        }
        catch (UserErrorException e)
        {
            return new(resampler is SmoteResampler ? "SMOTE" : "random over-sampling", [], [], [], e.Message);
        }
    }

    private ComparedMethod Compare(Resampler resampler)
    {
        string name = "";
        ComparedMethod compared = Compare(new Method("", (train, seed, _) =>
        {
            var options = new UpsamplingOptions
            {
                Balance = _options.Balance,
                Resampler = resampler,
                MemoryLimit = _options.MemoryLimit,
                Seed = seed,
            };
            IDataView view = View(train);
            using UpsamplingTransformer fitted = new UpsamplingEstimator(_context, Label, Features, options).Fit(view);
            name = fitted.Report.Resampler;
            IDataView upsampled = fitted.Transform(view);
            return train with
            {
                Values = [.. upsampled.GetColumn<float[]>(Features).SelectMany(f => f)],
                Labels = [.. upsampled.GetColumn<string>(Label).Select(l => (long)ClassMatch.Place(l, _rows.ClassNames))],
            };
        }));
        return compared with { Name = name };
    }

    private ComparedMethod Compare(Method method)
    {
        ClassificationScores[] scores = [.. _folds.Run(method).Select(f => ClassificationScores.Of(f.Actual, f.Predicted, _rows.ClassNames.Count))];
        return new(method.Name, [.. scores.Select(s => s.MacroF1)], [.. scores.Select(s => s.Recall[_rare])], [.. scores.Select(s => s.BalancedAccuracy)]);
    }

    private IDataView View(LabelledRows rows)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(FoldRow));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.Columns);
        return _context.Data.LoadFromEnumerable(Enumerable.Range(0, rows.Count)
            .Select(i => new FoldRow { Label = rows.ClassNames[(int)rows.Labels[i]], Features = rows.Row(i).ToArray() }).ToArray(), schema);
    }
}
