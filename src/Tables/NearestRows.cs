using System.Numerics;
using System.Runtime.InteropServices;

namespace GanPipeline.Tables;

/// <summary>
/// For each of some rows the nearest others: between them SMOTE lays its rows. Distances are Euclidean over the numbers, and each category that differs adds
/// the square of a penalty (Chawla et al. 2002, section 6.1). Neighbours are looked for when they are first asked for. Not for use by several threads at once.
/// </summary>
internal sealed class NearestRows
{
    /// <summary>Squared penalty of a category that is compared as one-hot code is: a 1 here and a 1 there.</summary>
    public const double OneHotPenalty = 2;

    private readonly MixedRows _rows;
    private readonly int _count;
    private readonly double _squaredPenalty;
    private readonly int[] _others;
    private readonly Dictionary<int, int[]> _known = [];

    /// <summary>A search among rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many others a row gets; all where there are fewer.</param>
    /// <param name="squaredPenalty">What a category that differs adds to the squared distance.</param>
    /// <param name="others">Places of the rows, in ascending order, among which they are looked for; null for all.</param>
    public NearestRows(MixedRows rows, int count, double squaredPenalty = OneHotPenalty, IReadOnlyList<int>? others = null)
    {
        (_rows, _count, _squaredPenalty) = (rows, count, squaredPenalty);
        _others = others is null ? [.. Enumerable.Range(0, rows.Count)] : [.. others];
    }

    /// <summary>The places of the nearest other rows, the nearest first; equals in the order of the rows.</summary>
    public IReadOnlyList<int> Of(int row)
    {
        if (_known.TryGetValue(row, out int[]? known)) return known;
        var best = new (double Distance, int Row)[_count];
        int found = 0;
        foreach (int other in _others)
        {
            if (other == row) continue;
            double distance = SquaredDistance(row, other);
            if (found == _count && distance >= best[^1].Distance) continue;
            if (found < _count) found++;
            int place = found - 1;
            for (; place > 0 && best[place - 1].Distance > distance; place--) best[place] = best[place - 1];
            best[place] = (distance, other);
        }
        return _known[row] = [.. best.Take(found).Select(b => b.Row)];
    }

    private double SquaredDistance(int row, int other)
    {
        ReadOnlySpan<float> a = _rows.Numbers(row), b = _rows.Numbers(other);
        ReadOnlySpan<Vector<float>> va = MemoryMarshal.Cast<float, Vector<float>>(a), vb = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sums = Vector<float>.Zero;
        for (int i = 0; i < va.Length; i++)
        {
            Vector<float> d = va[i] - vb[i];
            sums += d * d;
        }
        float sum = Vector.Sum(sums);
        for (int i = va.Length * Vector<float>.Count; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        // The penalties are added in double: in float32 they would swallow small differences of the numbers.
        return _rows.CategoryColumns == 0 ? sum : sum + _squaredPenalty * Differing(_rows.Categories(row), _rows.Categories(other));
    }

    private static int Differing(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        ReadOnlySpan<Vector<int>> va = MemoryMarshal.Cast<int, Vector<int>>(a), vb = MemoryMarshal.Cast<int, Vector<int>>(b);
        Vector<int> equal = Vector<int>.Zero;
        for (int i = 0; i < va.Length; i++) equal += Vector.Equals(va[i], vb[i]); // -1 where they are
        int vectors = va.Length * Vector<int>.Count, differing = vectors + Vector.Sum(equal);
        for (int i = vectors; i < a.Length; i++) differing += a[i] == b[i] ? 0 : 1;
        return differing;
    }
}
