using System.Numerics;
using System.Runtime.InteropServices;

namespace GanPipeline.Tables;

/// <summary>
/// For each of some rows the nearest others, by Euclidean distance: between them SMOTE lays its rows (Chawla et al. 2002, section 4.2). They are looked for
/// when they are first asked for. Not for use by several threads at once.
/// </summary>
internal sealed class NearestRows
{
    private readonly ReadOnlyMemory<float> _rows;
    private readonly int _columns, _numbers, _choices, _count;
    private readonly float[] _plain; // [N, numbers]: what is no slot
    private readonly int[] _chosen; // [N, choices]: which slot of each block is 1
    private readonly int[] _others;
    private readonly Dictionary<int, int[]> _known = [];

    /// <summary>Rows of numbers.</summary>
    /// <param name="rows">[N, columns], row-major.</param>
    /// <param name="columns">Numbers in a row.</param>
    /// <param name="count">How many others a row gets; all where there are fewer.</param>
    public NearestRows(ReadOnlyMemory<float> rows, int columns, int count) : this(rows, columns, count, [], null)
    {
    }

    /// <summary>Encoded rows of a table. Categories are compared by which slot is chosen, so that a column costs the same however many it has.</summary>
    /// <param name="rows">[N, width of the code], row-major.</param>
    /// <param name="codec">The code.</param>
    /// <param name="count">How many others a row gets; all where there are fewer.</param>
    /// <param name="others">Places of the rows, in ascending order, among which they are looked for; null for all.</param>
    public NearestRows(ReadOnlyMemory<float> rows, TableCodec codec, int count, IReadOnlyList<int>? others = null)
        : this(rows, codec.Width, count, [.. codec.Layout().Where(c => c.Column.Slots > 0).Select(c => (c.Slot, c.Column.Slots))], others)
    {
    }

    private NearestRows(ReadOnlyMemory<float> rows, int columns, int count, (int First, int Length)[] blocks, IReadOnlyList<int>? others)
    {
        (_rows, _columns, _count, _choices) = (rows, columns, count, blocks.Length);
        _numbers = columns - blocks.Sum(block => block.Length); // they stand before the slots
        (_plain, _chosen) = (new float[Count * _numbers], new int[Count * _choices]);
        for (int row = 0; row < Count; row++)
        {
            Row(row)[.._numbers].CopyTo(_plain.AsSpan(row * _numbers));
            for (int block = 0; block < _choices; block++)
                _chosen[row * _choices + block] = Row(row).Slice(blocks[block].First, blocks[block].Length).IndexOf(1f);
        }
        _others = others is null ? [.. Enumerable.Range(0, Count)] : [.. others];
    }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Length / _columns;

    /// <summary>The numbers of a row.</summary>
    public ReadOnlySpan<float> Row(int row) => _rows.Span.Slice(row * _columns, _columns);

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
        ReadOnlySpan<float> a = _plain.AsSpan(row * _numbers, _numbers), b = _plain.AsSpan(other * _numbers, _numbers);
        ReadOnlySpan<Vector<float>> va = MemoryMarshal.Cast<float, Vector<float>>(a), vb = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sums = Vector<float>.Zero;
        for (int i = 0; i < va.Length; i++)
        {
            Vector<float> d = va[i] - vb[i];
            sums += d * d;
        }
        float sum = Vector.Sum(sums);
        for (int i = va.Length * Vector<float>.Count; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        // A 1 here and a 1 there for each that differs; in float32 they would swallow small differences of the numbers.
        return sum + 2.0 * Differing(_chosen.AsSpan(row * _choices, _choices), _chosen.AsSpan(other * _choices, _choices));
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
