using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// The rows of the source's cursor, if there is one, and the added rows. A shuffled cursor draws from either by what is left of them, and the added rows in
/// random order.
/// </summary>
internal sealed class UpsampledCursor : DataViewRowCursor
{
    /// <summary>The high half of an added row's id; rows of a source have 0 there, or a hash.</summary>
    private const ulong AddedIds = 0x53594E5448524F57;

    private readonly DataViewRowCursor? _source;
    private readonly HashSet<int> _active;
    private readonly AddedRows _added;
    private readonly Random? _rand;
    private readonly int[]? _shuffled;
    private long _sourceLeft;
    private int _addedSoFar;
    private bool _inAdded;
    private bool _ended;
    private long _position = -1;

    internal UpsampledCursor(DataViewRowCursor? source, DataViewSchema schema, DataViewSchema.Column[] columns, AddedRows added, Random? rand)
    {
        (_source, Schema, _active, _added, _rand) = (source, schema, [.. columns.Select(c => c.Index)], added, rand);
        _sourceLeft = source is null ? 0 : added.SourceCount;
        if (rand is null)
            return;
        _shuffled = [.. Enumerable.Range(0, added.Count)];
        rand.Shuffle(_shuffled);
    }

    private int CurrentAdded => _shuffled?[_addedSoFar - 1] ?? _addedSoFar - 1;

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema { get; }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentOutOfRangeException(nameof(column), $"column '{column.Name}' is not active: ask for it when the cursor is made");
        ValueGetter<TValue>? real = _source?.GetGetter<TValue>(column);
        ValueGetter<TValue> added = _added.Getter(column, () => CurrentAdded) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"column '{column.Name}' is {column.Type}, not {typeof(TValue).Name}");
        return (ref TValue value) =>
        {
            CheckRow();
            if (_inAdded)
                added(ref value);
            else
                real!(ref value);
        };
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
    {
        ValueGetter<DataViewRowId>? real = _source?.GetIdGetter();
        return (ref DataViewRowId id) =>
        {
            CheckRow();
            if (_inAdded)
                id = new((ulong)CurrentAdded, AddedIds);
            else
                real!(ref id);
        };
    }

    public override bool MoveNext()
    {
        if (_ended)
            return false;
        int addedLeft = _added.Count - _addedSoFar;
        _inAdded = _sourceLeft == 0 || (_rand is not null && _rand.NextInt64(_sourceLeft + addedLeft) < addedLeft);
        _inAdded = _inAdded || !_source!.MoveNext();
        if (!_inAdded)
        {
            _sourceLeft--;
        }
        else if (addedLeft > 0)
        {
            _addedSoFar++;
        }
        else
        {
            Dispose();
            return false;
        }
        _position++;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        (_ended, _position) = (true, -1);
        _source?.Dispose();
        base.Dispose(disposing);
    }

    private void CheckRow()
    {
        if (_position < 0)
            throw new InvalidOperationException("the cursor is not at a row: call MoveNext first, and stop when it returns false");
    }
}
