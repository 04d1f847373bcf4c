using System.Numerics;
using System.Runtime.InteropServices;

namespace GanPipeline.Tables;

/// <summary>
/// For each of some rows the nearest others, by Euclidean distance: between them SMOTE lays its rows (Chawla et al. 2002, section 4.2). They are looked for
/// when they are first asked for. Not for use by several threads at once.
/// </summary>
/// <param name="rows">[N, columns], row-major.</param>
/// <param name="columns">Numbers in a row.</param>
/// <param name="count">How many others a row gets; all where there are fewer.</param>
public sealed class NearestRows(ReadOnlyMemory<float> rows, int columns, int count)
{
    private readonly Dictionary<int, int[]> _known = [];

    /// <summary>Number of rows.</summary>
    public int Count => rows.Length / columns;

    /// <summary>The numbers of a row.</summary>
    public ReadOnlySpan<float> Row(int row) => rows.Span.Slice(row * columns, columns);

    /// <summary>The places of the nearest other rows, the nearest first; equals in the order of the rows.</summary>
    public IReadOnlyList<int> Of(int row)
    {
        if (_known.TryGetValue(row, out int[]? known)) return known;
        var best = new PriorityQueue<int, (float, int)>(Comparer<(float, int)>.Create((a, b) => b.CompareTo(a)));
        for (int other = 0; other < Count; other++)
        {
            if (other == row) continue;
            (float, int) rank = (SquaredDistance(Row(row), Row(other)), other);
            if (best.Count < count) best.Enqueue(other, rank);
            else best.EnqueueDequeue(other, rank);
        }
        int[] nearest = new int[best.Count];
        while (best.Count > 0) nearest[best.Count - 1] = best.Dequeue();
        return _known[row] = nearest;
    }

    private static float SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> va = MemoryMarshal.Cast<float, Vector<float>>(a), vb = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sums = Vector<float>.Zero;
        for (int i = 0; i < va.Length; i++)
        {
            Vector<float> d = va[i] - vb[i];
            sums += d * d;
        }
        float sum = Vector.Sum(sums);
        for (int i = va.Length * Vector<float>.Count; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
