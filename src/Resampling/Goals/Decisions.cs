namespace GanPipeline.Resampling.Goals;

/// <summary>
/// How many rows of each class were predicted as each: what goals of decisions are computed from. Predictions can be moved, one row at a time.
/// </summary>
internal sealed class Decisions
{
    private readonly long[,] _rows;

    private Decisions(int classes) =>
        (_rows, Hits, Actual, Predicted) = (new long[classes, classes], new long[classes], new long[classes], new long[classes]);

    /// <summary>Number of classes.</summary>
    public int Classes => Hits.Length;

    /// <summary>Rows of a class that were predicted as a class.</summary>
    public long this[long actual, long predicted] => _rows[actual, predicted];

    /// <summary>[classes] rows that were predicted as what they are.</summary>
    public long[] Hits { get; }

    /// <summary>[classes] rows that are of the class.</summary>
    public long[] Actual { get; }

    /// <summary>[classes] rows that were predicted as the class.</summary>
    public long[] Predicted { get; }

    /// <summary>Number of rows.</summary>
    public long Rows { get; private set; }

    /// <summary>Counts rows.</summary>
    /// <param name="actual">[N] class indices as they are; at least one.</param>
    /// <param name="predicted">[N] class indices as predicted.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentException">The two differ in length, or are empty.</exception>
    public static Decisions Of(ReadOnlySpan<long> actual, ReadOnlySpan<long> predicted, int classes)
    {
        if (actual.IsEmpty || actual.Length != predicted.Length)
            throw new ArgumentException($"there are {predicted.Length} predictions for {actual.Length} rows; give one to each, and at least one.");
        var decisions = new Decisions(classes) { Rows = actual.Length };
        for (int row = 0; row < actual.Length; row++)
        {
            (long a, long p) = (actual[row], predicted[row]);
            decisions._rows[a, p]++;
            decisions.Actual[a]++;
            decisions.Predicted[p]++;
            if (a == p) decisions.Hits[a]++;
        }
        return decisions;
    }

    /// <summary>A row of a class is predicted as another than before.</summary>
    public void Move(long actual, long from, long to)
    {
        _rows[actual, from]--;
        _rows[actual, to]++;
        Predicted[from]--;
        Predicted[to]++;
        if (actual == from) Hits[actual]--;
        if (actual == to) Hits[actual]++;
    }
}
