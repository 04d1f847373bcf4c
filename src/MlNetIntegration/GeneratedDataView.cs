using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>A view with a column of generated samples behind its own.</summary>
internal sealed class GeneratedDataView(IDataView source, ApplyGeneratorTransformer transformer) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema { get; } = transformer.GetOutputSchema(source.Schema);

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        HashSet<int> active = [.. columnsNeeded.Select(c => c.Index)];
        return new GeneratedCursor(source.GetRowCursor(Needed(active), rand), Schema, active, transformer);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        HashSet<int> active = [.. columnsNeeded.Select(c => c.Index)];
        return [.. source.GetRowCursorSet(Needed(active), n, rand).Select(cursor => new GeneratedCursor(cursor, Schema, active, transformer))];
    }

    private DataViewSchema.Column[] Needed(HashSet<int> active) => GeneratedRowMapper.Needed(source.Schema, active, transformer);
}

/// <summary>
/// Reads some batches of rows ahead, generates their samples together, and hands the rows out one by one. The other columns that are asked for are kept for the
/// batch.
/// </summary>
internal sealed class GeneratedCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _source;
    private readonly HashSet<int> _active;
    private readonly ApplyGeneratorTransformer _transformer;
    private readonly int _sampleColumn;
    private readonly GeneratorBatch? _batch;
    private readonly ColumnBuffer?[] _kept;
    private readonly DataViewRowId[] _ids;
    private readonly Action<int>[] _read;
    private readonly long[] _batches;
    private int _count;
    private int _at = -1;
    private bool _ended;
    private long _position = -1;

    internal GeneratedCursor(DataViewRowCursor source, DataViewSchema schema, HashSet<int> active, ApplyGeneratorTransformer transformer)
    {
        (_source, Schema, _active, _transformer, _sampleColumn) = (source, schema, active, transformer, source.Schema.Count);
        bool generates = active.Contains(_sampleColumn);
        int size = generates ? transformer.RowsAhead : 1; // without the samples nothing is gained by reading ahead
        _batches = new long[size];
        _ids = new DataViewRowId[size];
        ValueGetter<DataViewRowId> getId = source.GetIdGetter();
        _kept = [.. source.Schema.Select(c => active.Contains(c.Index) ? ColumnBuffer.Create(c.Type, size) : null)];
        var read = new List<Action<int>> { place => getId(ref _ids[place]) };
        read.AddRange(source.Schema.Where(c => active.Contains(c.Index)).Select(c => _kept[c.Index]!.Reader(source, c)));
        if (generates)
        {
            _batch = transformer.NewBatch(size);
            Action<GeneratorBatch, int> readSources = transformer.Reader(source);
            read.Add(place => readSources(_batch, place));
        }
        _read = [.. read];
    }

    public override long Position => _position;

    public override long Batch => _at < 0 ? 0 : _batches[_at];

    public override DataViewSchema Schema { get; }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentOutOfRangeException(nameof(column), $"column '{column.Name}' is not active: ask for it when the cursor is made");
        Delegate getter = column.Index == _sampleColumn ? SampleGetter() : _kept[column.Index]!.Getter(CheckedPlace);
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"column '{column.Name}' is {column.Type}, not {typeof(TValue).Name}");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[CheckedPlace()];

    public override bool MoveNext()
    {
        if (_ended)
            return false;
        if (++_at == _count)
        {
            Fill();
            if (_count == 0)
            {
                Dispose();
                return false;
            }
        }
        _position++;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        (_ended, _position, _at) = (true, -1, -1);
        _source.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        (_at, _count) = (0, 0);
        while (_count < _batches.Length && _source.MoveNext())
        {
            foreach (Action<int> read in _read)
                read(_count);
            _batches[_count++] = _source.Batch;
        }
        if (_batch is not null && _count > 0)
            _transformer.Generate(_batch, _count);
    }

    private int CheckedPlace() => _position >= 0
        ? _at
        : throw new InvalidOperationException("the cursor is not at a row: call MoveNext first, and stop when it returns false");

    private ValueGetter<VBuffer<float>> SampleGetter() => (ref VBuffer<float> value) =>
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, _transformer.SampleSize);
        _batch!.Samples.AsSpan(CheckedPlace() * _transformer.SampleSize, _transformer.SampleSize).CopyTo(editor.Values);
        value = editor.Commit();
    };
}
