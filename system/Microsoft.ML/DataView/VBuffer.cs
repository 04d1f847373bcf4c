using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>A dense or sparse vector over arrays that are reused from row to row.</summary>
public readonly struct VBuffer<T> : IEnumerable
{
    private readonly T[] _values;
    private readonly int[] _indices;
    private readonly int _count;

    public readonly int Length;

    public VBuffer(int length, T[] values, int[] indices = null)
    {
        if (length < 0 || length > (values?.Length ?? 0))
            throw new ArgumentOutOfRangeException(nameof(length), length, "A dense vector needs as many values as it is long.");
        (Length, _count, _values, _indices) = (length, length, values, indices);
    }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        if (count < 0 || count > length || count > (values?.Length ?? 0) || (count < length && count > (indices?.Length ?? 0)))
            throw new ArgumentOutOfRangeException(nameof(count), count, "A sparse vector has at most as many values as it is long, and an index for each.");
        (Length, _count, _values, _indices) = (length, count, values, indices);
    }

    internal T[] Values => _values;

    internal int[] Indices => _indices;

    public bool IsDense => _count == Length;

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        if (!IsDense)
            GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        Span<T> part = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(part);
            return;
        }
        part.Fill(defaultValue);
        for (int i = 0; i < _count; i++)
            part[_indices[i]] = _values[i];
    }

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        int next = 0;
        for (int i = 0; i < _count; i++)
        {
            int index = IsDense ? i : _indices[i];
            for (; all && next < index; next++)
                yield return new(next, default);
            yield return new(index, _values[i]);
            next = index + 1;
        }
        for (; all && next < Length; next++)
            yield return new(next, default);
    }

    public IEnumerable<T> DenseValues() => Items(all: true).Select(item => item.Value);

    public T GetItemOrDefault(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
        int at = IsDense ? index : Array.BinarySearch(_indices, 0, _count, index);
        return at < 0 ? default : _values[at];
    }

    public IEnumerator GetEnumerator() => (IsDense ? DenseValues() : (IEnumerable)Items()).GetEnumerator();

    public override string ToString() => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";
}

public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[] _indices;

    public readonly Span<T> Values;
    public readonly Span<int> Indices;

    internal VBufferEditor(int length, int count, T[] values, int[] indices, bool newValues, bool newIndices)
    {
        (_length, _values, _indices, CreatedNewValues, CreatedNewIndices) = (length, values, indices, newValues, newIndices);
        Values = values.AsSpan(0, count);
        Indices = indices.AsSpan(0, Math.Min(count, indices?.Length ?? 0));
    }

    public bool CreatedNewValues { get; }

    public bool CreatedNewIndices { get; }

    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);

    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(physicalValuesCount, Values.Length);
        return new(_length, physicalValuesCount, _values, _indices);
    }
}

public static class VBufferEditor
{
    public static VBufferEditor<T> CreateFromBuffer<T>(ref VBuffer<T> destination) =>
        Create(ref destination, destination.Length, destination.GetValues().Length);

    public static VBufferEditor<T> Create<T>(ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null, int? maxValuesCapacity = null,
        bool keepOldOnResize = false, bool requireIndicesOnDense = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(newLogicalLength);
        int count = valuesCount ?? newLogicalLength;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, newLogicalLength, nameof(valuesCount));
        T[] values = Room(destination.Values, count, maxValuesCapacity, keepOldOnResize, out bool newValues);
        bool newIndices = false;
        int[] indices = count < newLogicalLength || requireIndicesOnDense
            ? Room(destination.Indices, count, maxValuesCapacity, keepOldOnResize, out newIndices)
            : destination.Indices;
        return new(newLogicalLength, count, values, indices, newValues, newIndices);
    }

    private static TItem[] Room<TItem>(TItem[] array, int count, int? capacity, bool keep, out bool created)
    {
        created = (array?.Length ?? 0) < count;
        if (!created)
            return array;
        var larger = new TItem[Math.Max(count, Math.Min(capacity ?? count, 2 * count))];
        if (keep)
            array?.CopyTo(larger, 0);
        return larger;
    }
}
