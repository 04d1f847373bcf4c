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

    /// <summary>The class of each row that is to be added, so that all classes that occur get as many as the largest.</summary>
    public long[] Lacking()
    {
        int[] counts = ClassCounts();
        return [.. Enumerable.Range(0, counts.Length).SelectMany(c => Enumerable.Repeat((long)c, counts[c] == 0 ? 0 : counts.Max() - counts[c]))];
    }

    /// <summary>The rows at some places, in that order; a place may come more than once.</summary>
    public LabelledRows Pick(IReadOnlyList<int> places)
    {
        float[] values = new float[Length(places.Count, Columns, "the rows that are picked")];
        for (int i = 0; i < places.Count; i++) Row(places[i]).CopyTo(values.AsMemory(i * Columns));
        return this with { Values = values, Labels = [.. places.Select(p => Labels[p])] };
    }

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
