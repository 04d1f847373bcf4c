using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Resampling;

/// <summary>Real rows cut into stratified folds, each of which is scored once by what was trained on the others. Equal rows are in one fold.</summary>
/// <param name="rows">The rows.</param>
/// <param name="count">Number of folds, at least 2.</param>
/// <param name="seed">Decides which rows go together.</param>
internal sealed class StratifiedFolds(LabelledRows rows, int count, ulong seed)
{
    private const int Always = -1; // a row that is in no fold, so that it is trained on by all

    private readonly int[] _fold = RowSplit.Folds(rows.Values, rows.Columns, rows.Labels, rows.ClassNames.Count, count, seed);

    /// <summary>Number of folds.</summary>
    public int Count => count;

    /// <summary>The first class that is not in every fold: it has too few different rows to be compared; null where there is none.</summary>
    public int? TooSmall()
    {
        for (int c = 0; c < rows.ClassNames.Count; c++)
            if (!IsEverywhere(rows.PlacesOf(c))) return c;
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
            if (places.Length == 0 || (different >= least && IsEverywhere(places))) continue;
            foreach (int row in places) _fold[row] = Always;
            kept.Add((c, different));
        }
        return kept;
    }

    /// <summary>Places of the rows that a fold scores.</summary>
    public int[] Held(int fold) => Places(row => _fold[row] == fold);

    /// <summary>The rows that are trained on for a fold: all but its own.</summary>
    public LabelledRows Training(int fold) => rows.Pick(Places(row => _fold[row] != fold));

    /// <summary>The seed of what is random about a fold.</summary>
    public ulong SeedOf(int fold) => SeedStream.Derive(seed, "fold", (ulong)fold);

    private bool IsEverywhere(int[] places) => places.Select(row => _fold[row]).Distinct().Count() == count;

    private int[] Places(Func<int, bool> wanted) => [.. Enumerable.Range(0, rows.Count).Where(wanted)];
}
