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

    private const int Group = 4;

    private readonly MixedRows _rows;
    private readonly int _count;
    private readonly double _squaredPenalty;
    private readonly int[] _others;
    private readonly Dictionary<int, int[]> _known = [];
    private RowDistances? _distances;

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
        if (!_known.ContainsKey(row)) LookAround(row);
        return _known[row];
    }

    /// <summary>Looks for the neighbours of the group of rows that a row is in, which takes hardly longer than for one.</summary>
    private void LookAround(int row)
    {
        _distances ??= Distances();
        int first = row / Group * Group, count = Math.Min(Group, _rows.Count - first), others = _others.Length;
        float[] distances = new float[count * others];
        _distances.Of(_rows.Numbers(first, count), count, distances);
        for (int i = 0; i < count; i++)
        {
            var closest = new Closest(_count);
            for (int place = 0; place < others; place++)
            {
                if (_others[place] == first + i) continue;
                // The penalties are added in double: in float32 they would swallow small differences of the numbers.
                double distance = distances[i * others + place];
                if (_rows.CategoryColumns > 0) distance += _squaredPenalty * Differing(_rows.Categories(first + i), _rows.Categories(_others[place]));
                closest.Offer(distance, _others[place]);
            }
            int[] found = new int[closest.Found.Length];
            for (int k = 0; k < found.Length; k++) found[k] = closest.Found[k].Place;
            _known[first + i] = found;
        }
    }

    private RowDistances Distances()
    {
        if (_others.Length == _rows.Count) return new RowDistances(_rows.Numbers(0, _rows.Count), _rows.Count, _rows.NumberColumns);
        float[] numbers = [.. _others.SelectMany(other => _rows.Numbers(other, 1).ToArray())];
        return new RowDistances(numbers, _others.Length, _rows.NumberColumns);
    }

    /// <summary>How many categories of two rows differ.</summary>
    internal static int Differing(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        ReadOnlySpan<Vector<int>> va = MemoryMarshal.Cast<int, Vector<int>>(a), vb = MemoryMarshal.Cast<int, Vector<int>>(b);
        Vector<int> equal = Vector<int>.Zero;
        for (int i = 0; i < va.Length; i++) equal += Vector.Equals(va[i], vb[i]); // -1 where they are
        int vectors = va.Length * Vector<int>.Count, differing = vectors + Vector.Sum(equal);
        for (int i = vectors; i < a.Length; i++) differing += a[i] == b[i] ? 0 : 1;
        return differing;
    }
}
