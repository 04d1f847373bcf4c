namespace GanPipeline.MlNet;

/// <summary>The real rows of one class that added rows take their other columns from. Each has a slot; slots are in the order of the rows.</summary>
internal sealed class Donors
{
    private readonly int[] _rows;
    private readonly int[]? _slotOfAdded;

    private Donors(int[] rows, int[]? slotOfAdded) => (_rows, _slotOfAdded) = (rows, slotOfAdded);

    /// <summary>Number of slots.</summary>
    internal int Count => _rows.Length;

    /// <summary>The first rows of the class in turn.</summary>
    internal static Donors InTurn(int added, int classRows) => new([.. Enumerable.Range(0, Math.Min(added, classRows))], null);

    /// <summary>For each added row the row that its generator chose.</summary>
    internal static Donors Chosen(int[] rowOfAdded)
    {
        int[] rows = [.. rowOfAdded.Distinct().Order()];
        return new(rows, [.. rowOfAdded.Select(row => Array.BinarySearch(rows, row))]);
    }

    /// <summary>Whether the row of the class (counted from 0) is the donor in <paramref name="slot"/>.</summary>
    internal bool Is(int slot, int row) => slot < _rows.Length && _rows[slot] == row;

    /// <summary>The slot of an added row of the class (counted from 0).</summary>
    internal int Slot(int added) => _slotOfAdded?[added] ?? added % _rows.Length;
}
