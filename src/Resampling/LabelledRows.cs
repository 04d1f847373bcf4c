using GanPipeline.Primitives;

namespace GanPipeline.Resampling;

/// <summary>Rows of numbers with a class each: what resamplers add to and classifiers are trained on.</summary>
/// <param name="Values">[N, columns] row-major.</param>
/// <param name="Columns">Numbers in a row.</param>
/// <param name="Labels">[N] class indices.</param>
/// <param name="ClassNames">Names in index order.</param>
internal sealed record LabelledRows(float[] Values, int Columns, long[] Labels, IReadOnlyList<string> ClassNames)
{
    /// <summary>Number of rows.</summary>
    public int Count => Labels.Length;

    /// <summary>The numbers of a row.</summary>
    public ReadOnlyMemory<float> Row(int row) => Values.AsMemory(row * Columns, Columns);

    /// <summary>Rows of each class.</summary>
    public int[] ClassCounts()
    {
        int[] counts = new int[ClassNames.Count];
        foreach (long label in Labels) counts[label]++;
        return counts;
    }

    /// <summary>Places of the rows of a class.</summary>
    public int[] PlacesOf(long label) => [.. Enumerable.Range(0, Count).Where(row => Labels[row] == label)];

    /// <summary>
    /// Rows that each class is to have: a class below a share of the largest is filled up to it, rounded to the nearest row; the others, and classes that do
    /// not occur, keep theirs.
    /// </summary>
    /// <param name="share">Above 0, at most 1 (all that occur as many as the largest).</param>
    public int[] Targets(double share)
    {
        if (share is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "a share of the largest class is above 0 and at most 1");
        int[] counts = ClassCounts();
        int least = (int)Math.Round(share * counts.Max(), MidpointRounding.AwayFromZero);
        return Array.ConvertAll(counts, count => count == 0 ? 0 : Math.Max(count, least));
    }

    /// <summary>The class of each row that is to be added, so that every class has its <see cref="Targets"/>.</summary>
    /// <param name="share">Above 0, at most 1 (all that occur as many as the largest).</param>
    public long[] Lacking(double share = 1)
    {
        int[] counts = ClassCounts(), targets = Targets(share);
        return [.. Enumerable.Range(0, counts.Length).SelectMany(c => Enumerable.Repeat((long)c, targets[c] - counts[c]))];
    }

    /// <summary>
    /// What each row counts, where classes are weighted instead of filled up: N·t_c / (n_c·Σt), with n_c rows of class c, N in all, and its
    /// <see cref="Targets"/> t_c. At a share of 1 that is the usual N / (C·n_c); the weights always sum to N.
    /// </summary>
    /// <param name="share">Above 0, at most 1 (all classes that occur weigh the same).</param>
    public float[] ClassWeights(double share = 1)
    {
        int[] counts = ClassCounts(), targets = Targets(share);
        double total = targets.Sum(t => (double)t);
        return Array.ConvertAll(Labels, label => (float)(Count * (targets[label] / total) / counts[label]));
    }

    /// <summary>The rows at some places, in that order; a place may come more than once.</summary>
    public LabelledRows Pick(IReadOnlyList<int> places) =>
        this with { Values = RowsOf.Pick(Values, Columns, places), Labels = [.. places.Select(p => Labels[p])] };

    /// <summary>These rows, then more of the same classes.</summary>
    public LabelledRows Append(float[] values, long[] labels)
    {
        _ = Length(Labels.LongLength + labels.Length, Columns, "the rows with those that are added");
        return this with { Values = [.. Values, .. values], Labels = [.. Labels, .. labels] };
    }

    /// <summary>Refuses rows that no array holds.</summary>
    /// <exception cref="UserErrorException">They are too many.</exception>
    internal static int Length(Int128 rows, long columns, string what) => ArrayLimit.Check(rows * columns, $"{what}, {rows} rows of {columns} numbers",
        "take fewer samples, or train, export and generate without judging (gan train, export, generate)");
}
