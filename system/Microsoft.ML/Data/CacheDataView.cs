namespace Microsoft.ML.Data;

/// <summary>
/// Keeps columns in memory once a cursor has asked for them. It believes the row count that its source declares: with too small a count rows are lost,
/// with too large a one the missing rows are an <see cref="IndexOutOfRangeException"/>.
/// </summary>
internal sealed class CacheDataView : DataViewBase
{
    private const int BlockSize = 64;

    private readonly IDataView _source;
    private readonly ColumnStore[] _columns;
    private readonly Lock _filling = new();
    private long _rowCount;

    internal CacheDataView(IDataView source) : base(source.Schema)
    {
        _source = source;
        _columns = new ColumnStore[Schema.Count];
        _rowCount = source.GetRowCount() ?? -1;
    }

    public override bool CanShuffle => true;

    public override long? GetRowCount() => _rowCount < 0 ? null : _rowCount;

    internal void Prefetch(bool[] wanted)
    {
        lock (_filling)
        {
            DataViewSchema.Column[] missing = [.. Schema.Where(column => wanted[column.Index] && _columns[column.Index] is null)];
            if (missing.Length == 0 && _rowCount >= 0)
                return;
            using DataViewRowCursor cursor = _source.GetRowCursor(missing);
            ColumnStore[] stores = [.. missing.Select(column => ColumnStore.Create(column.Type))];
            Action<int>[] record = [.. missing.Select((column, i) => stores[i].Recorder(cursor, column))];
            int rows = 0;
            for (; cursor.MoveNext(); rows++)
            {
                foreach (Action<int> column in record)
                    column(rows);
            }
            for (int i = 0; i < missing.Length; i++)
            {
                stores[i].Trim(rows);
                _columns[missing[i].Index] = stores[i];
            }
            if (_rowCount < 0)
                _rowCount = rows;
        }
    }

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        GetRowCursorSet(columnsNeeded, 1, rand)[0];

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        bool[] active = ActiveColumns.Flags(Schema, columnsNeeded);
        Prefetch(active);
        int[] order = [.. Enumerable.Range(0, (int)_rowCount)];
        rand?.Shuffle(order);
        int cursors = Math.Max(1, Math.Min(n, order.Length / BlockSize));
        return [.. Enumerable.Range(0, cursors).Select(i => new RowCursor(this, active, order, i, cursors))];
    }

    /// <summary>Every <paramref name="cursors"/>-th block of rows, beginning with block <paramref name="first"/>.</summary>
    private sealed class RowCursor : Cursor
    {
        private readonly int[] _order;
        private readonly int _cursors;
        private readonly Delegate[] _getters;
        private long _block;
        private int _inBlock = -1;

        internal RowCursor(CacheDataView parent, bool[] active, int[] order, int first, int cursors)
        {
            Schema = parent.Schema;
            (_order, _block, _cursors) = (order, first, cursors);
            _getters = [.. parent._columns.Select((store, i) => active[i] ? store.Getter(Row) : null)];
        }

        public override DataViewSchema Schema { get; }

        public override long Batch => _block;

        private long At => (_block * BlockSize) + _inBlock;

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => ActiveColumns.Getter<TValue>(_getters, column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)Row(), 0);

        protected override bool Advance()
        {
            if (++_inBlock == BlockSize)
                (_inBlock, _block) = (0, _block + _cursors);
            return At < _order.Length;
        }

        private int Row()
        {
            CheckRow();
            return _order[At];
        }
    }
}
