namespace GanPipeline.Resampling;

/// <summary>What a classifier predicted for the rows of a fold, which neither it nor the method has seen.</summary>
/// <param name="Actual">[rows] the classes as they are.</param>
/// <param name="Predicted">[rows] the classes as predicted.</param>
internal sealed record FoldPredictions(long[] Actual, long[] Predicted);

/// <summary>
/// Compares methods for rare classes on stratified folds: a classifier is trained on what a method makes of the other folds, and asked for the
/// classes of the real rows of its own. A method that trains a generator trains it anew for each fold. Equal rows are in one fold.
/// </summary>
/// <param name="rows">The real rows.</param>
/// <param name="folds">Number of folds, at least 2.</param>
/// <param name="trainer">The classifier, the same for all methods.</param>
/// <param name="seed">Seed of the folds, of the methods and of the classifiers.</param>
internal sealed class FoldComparison(LabelledRows rows, int folds, IClassifierTrainer trainer, ulong seed)
{
    private readonly StratifiedFolds _folds = new(rows, folds, seed);

    /// <summary>Number of folds.</summary>
    public int Folds => folds;

    /// <inheritdoc cref="StratifiedFolds.TooSmall"/>
    public int? TooSmall() => _folds.TooSmall();

    /// <inheritdoc cref="StratifiedFolds.KeepRareInTraining"/>
    public IReadOnlyList<(int Class, int Different)> KeepRareInTraining(int least) => _folds.KeepRareInTraining(least);

    /// <summary>What a method's classifiers predict, fold after fold.</summary>
    /// <param name="method">The method.</param>
    /// <param name="begins">Hears the number of each fold (from 0) as it begins.</param>
    /// <param name="stop">Ends the work.</param>
    public IReadOnlyList<FoldPredictions> Run(Method method, Action<int>? begins = null, CancellationToken stop = default)
    {
        var predictions = new List<FoldPredictions>();
        for (int fold = 0; fold < folds; fold++)
        {
            stop.ThrowIfCancellationRequested();
            begins?.Invoke(fold);
            LabelledRows held = rows.Pick(_folds.Held(fold));
            WeightedRows resampled = method.Resample(_folds.Training(fold), _folds.SeedOf(fold), stop);
            predictions.Add(new FoldPredictions(held.Labels, method.Predict(trainer, resampled, held.Values, seed, stop)));
        }
        return predictions;
    }
}
