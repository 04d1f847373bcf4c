namespace Microsoft.ML.Data;

/// <summary>The objects of an enumerable as rows. It is enumerated anew for every cursor and cannot be shuffled.</summary>
internal sealed class EnumerableView<TRow>(IEnumerable<TRow> rows, MemberColumn[] members) : DataViewBase(MemberColumn.Schema(members))
    where TRow : class
{
    public override long? GetRowCount() => (rows as ICollection<TRow>)?.Count;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new RowCursor(Schema, members, ActiveColumns.Flags(Schema, columnsNeeded), rows.GetEnumerator());

    private sealed class RowCursor : Cursor
    {
        private readonly IEnumerator<TRow> _rows;
        private readonly Delegate[] _getters;

        internal RowCursor(DataViewSchema schema, MemberColumn[] members, bool[] active, IEnumerator<TRow> rows)
        {
            Schema = schema;
            _rows = rows;
            _getters = [.. members.Select((member, i) => active[i] ? member.Getter(Current) : null)];
        }

        public override DataViewSchema Schema { get; }

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => ActiveColumns.Getter<TValue>(_getters, column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
        {
            CheckRow();
            id = new((ulong)Position, 0);
        };

        protected override bool Advance() => _rows.MoveNext();

        protected override void Dispose(bool disposing)
        {
            _rows.Dispose();
            base.Dispose(disposing);
        }

        private TRow Current()
        {
            CheckRow();
            return _rows.Current ?? throw new InvalidOperationException("Encountered null when iterating over data, this is not supported.");
        }
    }
}

/// <summary>One object as a row, for prediction engines.</summary>
internal sealed class ObjectRow<TRow> : DataViewRow
    where TRow : class
{
    private readonly Delegate[] _getters;
    private TRow _value;
    private long _position = -1;

    internal ObjectRow(MemberColumn[] members)
    {
        Schema = MemberColumn.Schema(members);
        _getters = [.. members.Select(member => member.Getter(() => _value))];
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => ActiveColumns.Getter<TValue>(_getters, column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

    internal void Set(TRow value)
    {
        _value = value;
        _position++;
    }
}
