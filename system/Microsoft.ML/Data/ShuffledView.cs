namespace Microsoft.ML.Data;

/// <summary>
/// The rows of a source through a pool: the next row is a random one of the pool, whose place the source's next row takes. Without a random generator of the
/// cursor's own every pass has the same order.
/// </summary>
internal sealed class ShuffledView(IDataView source, int seed, int poolSize, bool shuffleSource) : DataViewBase(source.Schema)
{
    public override bool CanShuffle => true;

    public override long? GetRowCount() => source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        rand ??= new Random(seed);
        bool[] active = ActiveColumns.Flags(Schema, columnsNeeded);
        return new RowCursor(source.GetRowCursor(Schema.Where(c => active[c.Index]), shuffleSource && source.CanShuffle ? rand : null), active, rand, poolSize);
    }

    private sealed class RowCursor : Cursor
    {
        private readonly DataViewRowCursor _source;
        private readonly Random _rand;
        private readonly int _poolSize;
        private readonly List<DataViewRowId> _ids = [];
        private readonly ValueGetter<DataViewRowId> _id;
        private readonly Action<int>[] _record;
        private readonly Delegate[] _getters;
        private readonly List<int> _filled = [];
        private int _current = -1;

        internal RowCursor(DataViewRowCursor source, bool[] active, Random rand, int poolSize)
        {
            (_source, _rand, _poolSize, _id) = (source, rand, poolSize, source.GetIdGetter());
            ColumnStore[] stores = [.. source.Schema.Select(c => active[c.Index] ? ColumnStore.Create(c.Type) : null)];
            _record = [.. source.Schema.Where(c => active[c.Index]).Select(c => stores[c.Index].Recorder(source, c))];
            _getters = [.. stores.Select(store => store?.Getter(Slot))];
        }

        public override DataViewSchema Schema => _source.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => ActiveColumns.Getter<TValue>(_getters, column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[Slot()];

        protected override bool Advance()
        {
            while (_filled.Count < _poolSize && Position < 0 && Record(_filled.Count))
                _filled.Add(_filled.Count);
            if (_current >= 0 && !Record(_current))
                _filled.Remove(_current);
            if (_filled.Count == 0)
                return false;
            _current = _filled[_rand.Next(_filled.Count)];
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            _source.Dispose();
            base.Dispose(disposing);
        }

        private bool Record(int slot)
        {
            if (!_source.MoveNext())
                return false;
            foreach (Action<int> column in _record)
                column(slot);
            DataViewRowId id = default;
            _id(ref id);
            if (slot == _ids.Count)
                _ids.Add(id);
            else
                _ids[slot] = id;
            return true;
        }

        private int Slot()
        {
            CheckRow();
            return _current;
        }
    }
}
