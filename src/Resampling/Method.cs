using System.Globalization;
using GanPipeline.Primitives;
using GanPipeline.Resampling.Goals;
using GanPipeline.Resampling.Selection;
using GanPipeline.Tables;

namespace GanPipeline.Resampling;

/// <summary>A method of dealing with rare classes: the rows that a classifier is trained on, and how its probabilities are decided by.</summary>
/// <param name="Name">Its name, the same for people and in files.</param>
/// <param name="Resample">Makes the training rows out of the real ones, by a seed.</param>
/// <param name="TunesRule">
/// Whether decisions are by a rule that was tuned for macro-F1 on folds of the training rows, which costs no rows and often does what added rows do.
/// </param>
internal sealed record Method(string Name, Func<LabelledRows, ulong, CancellationToken, WeightedRows> Resample, bool TunesRule = false)
{
    private const int FoldsOfRule = 4;

    private static readonly double[] _shares = [0.1, 0.25, 0.5, 1];
    private static readonly int[] _neighbours = [3, 5, 10];

    /// <summary>The methods that differ from it in their settings or target shares alone have the same family.</summary>
    public string Family { get; init; } = Name;

    /// <summary>The data as they are.</summary>
    public static Method Untouched { get; } = new("as it is", (rows, _, _) => rows);

    /// <summary>The data as they are, with a tuned rule: for two classes a threshold.</summary>
    public static Method TunedThreshold { get; } = Untouched with { Name = "tuned threshold", TunesRule = true };

    /// <summary>Whether one thread at a time makes its rows: others would wait.</summary>
    public bool OneAtATime { get; init; }

    /// <summary>The share of the largest class that the others are brought to, as a fraction; 0 where the method knows none.</summary>
    public double Share { get; private init; }

    /// <summary>Whether it weights classes, so that it is of use only to a classifier that takes weights.</summary>
    public bool Weighs { get; private init; }

    /// <summary>The methods that cost nothing, the data as they are first.</summary>
    /// <param name="table">How the rows are encoded, where they are a table's; other rows have no SMOTE-NC.</param>
    public static IReadOnlyList<Method> Free(TableCodec? table)
    {
        Method[] methods = [Untouched, TunedThreshold, Adding("random over-sampling", new RandomOversampling(), table, 1)];
        return table is null ? methods : [.. methods, Adding("SMOTE-NC", new Smote(), table, 1)];
    }

    /// <summary>
    /// All methods that need no training: the data as they are first, then class weights and every resampler, each at those target shares at which it changes
    /// something.
    /// </summary>
    /// <param name="table">How the rows are encoded, where they are a table's; null for rows of numbers.</param>
    /// <param name="rows">The real rows, whose class counts say which shares differ from their own.</param>
    public static IReadOnlyList<Method> All(TableCodec? table, LabelledRows rows)
    {
        double[] shares = [.. _shares.DistinctBy(share => rows.Lacking(share).Length).Where(share => rows.Lacking(share).Length > 0)];
        bool categories = table?.Columns.Any(c => c.Slots > 0 && c.Scalars == 0) == true;
        string smote = categories ? "SMOTE-NC" : "SMOTE", gaussians = categories ? "MGS-GRF" : "MGS";
        return
        [
            Untouched,
            .. shares.Select(Weighting),
            .. shares.Select(share => At(share, "random over-sampling", new RandomOversampling())),
            .. _neighbours.SelectMany(k => shares.Select(share => At(share, $"{smote} with {k} neighbours", new Smote(k), smote))),
            .. shares.Select(share => At(share, gaussians, new LocalGaussians())),
        ];

        Method At(double share, string name, IResampler resampler, string? family = null) =>
            Adding(Named(name, share), resampler, table, share) with { Family = family ?? name };
    }

    /// <summary>Trains a classifier on rows that this method gave, and asks it for the classes of others.</summary>
    /// <param name="trainer">The classifier.</param>
    /// <param name="resampled">What <see cref="Resample"/> made.</param>
    /// <param name="others">[N, columns] real rows.</param>
    /// <param name="seed">Seed of the classifier.</param>
    /// <param name="stop">Ends the training.</param>
    /// <returns>[N] class indices.</returns>
    public long[] Predict(IClassifierTrainer trainer, WeightedRows resampled, ReadOnlyMemory<float> others, ulong seed, CancellationToken stop)
    {
        using IFittedClassifier classifier = trainer.Fit(resampled.Rows, resampled.Weights, seed, stop);
        DecisionRule rule = TunesRule ? TunedRule(trainer, resampled.Rows, seed, stop) : DecisionRule.Even(resampled.Rows.ClassNames.Count);
        return rule.Decide(classifier.Probabilities(others));
    }

    private static DecisionRule TunedRule(IClassifierTrainer trainer, LabelledRows rows, ulong seed, CancellationToken stop)
    {
        var folds = new StratifiedFolds(rows, FoldsOfRule, SeedStream.Derive(seed, "rule"));
        var answers = new List<FoldAnswers>();
        for (int fold = 0; fold < folds.Count; fold++)
        {
            int[] held = folds.Held(fold);
            LabelledRows training = folds.Training(fold);
            if (held.Length == 0 || training.Count == 0) continue;
            using IFittedClassifier classifier = trainer.Fit(training, null, seed, stop);
            answers.Add(new FoldAnswers(0, held, classifier.Probabilities(rows.Pick(held).Values)));
        }
        return Standing.FinalRule(MacroF.One, rows.Labels, rows.ClassCounts(), answers);
    }

    private static Method Weighting(double share) =>
        new(Named("class weights", share), (rows, _, _) => new WeightedRows(rows, rows.ClassWeights(share)))
        {
            Share = share,
            Weighs = true,
            Family = "class weights",
        };

    private static Method Adding(string name, IResampler resampler, TableCodec? table, double share)
    {
        return new Method(name, Resample) { Share = share };

        WeightedRows Resample(LabelledRows rows, ulong seed, CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            long[] wanted = rows.Lacking(share);
            return rows.Append(Oversampling.Of(rows, table, resampler, wanted, seed), wanted);
        }
    }

    private static string Named(string method, double share) => string.Create(CultureInfo.InvariantCulture, $"{method} at {share:#.##}");
}
