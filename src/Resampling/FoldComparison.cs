using GanPipeline.Primitives;
using GanPipeline.Tables;

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
    private const int Always = -1; // a row that is in no fold, so that it is trained on by all

    private readonly int[] _fold = RowSplit.Folds(rows.Values, rows.Columns, rows.Labels, rows.ClassNames.Count, folds, seed);

    /// <summary>Number of folds.</summary>
    public int Folds => folds;

    /// <summary>The first class that is not in every fold: it has too few different rows to be compared; null where there is none.</summary>
    public int? TooSmall()
    {
        for (int c = 0; c < rows.ClassNames.Count; c++)
            if (rows.PlacesOf(c).Select(row => _fold[row]).Distinct().Count() < folds) return c;
        return null;
    }

    /// <summary>
    /// Takes the rows of classes that are too few to be scored out of the folds: whatever fold is scored, they are among the rows that are trained on, since a
    /// class that only scores would be unknown to the method, and figures of so few would say nothing.
    /// </summary>
    /// <param name="least">Different rows that a class needs; it must be in every fold besides.</param>
    /// <returns>The classes that are not scored, and how many different rows each has; classes without a row are not among them.</returns>
    public IReadOnlyList<(int Class, int Different)> KeepRareInTraining(int least)
    {
        var kept = new List<(int, int)>();
        for (int c = 0; c < rows.ClassNames.Count; c++)
        {
            int[] places = rows.PlacesOf(c);
            int different = RowSplit.Different(rows.Values, rows.Columns, places);
            if (places.Length == 0 || (different >= least && places.Select(row => _fold[row]).Distinct().Count() == folds)) continue;
            foreach (int row in places) _fold[row] = Always;
            kept.Add((c, different));
        }
        return kept;
    }

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
            LabelledRows held = Part(row => _fold[row] == fold);
            WeightedRows resampled = method.Resample(Part(row => _fold[row] != fold), SeedStream.Derive(seed, "fold", (ulong)fold), stop);
            predictions.Add(new FoldPredictions(held.Labels, method.Predict(trainer, resampled, held.Values, seed, stop)));
        }
        return predictions;
    }

    private LabelledRows Part(Func<int, bool> wanted) => rows.Pick([.. Enumerable.Range(0, rows.Count).Where(wanted)]);
}
