namespace Microsoft.ML.Data;

/// <summary>A column that a transformer adds, made of some columns of the input.</summary>
internal sealed record AddedColumn(DataViewSchema.DetachedColumn Column, int[] Sources, Func<DataViewRow, Delegate> Getter);

/// <summary>The columns of the input, and one added one behind them.</summary>
internal sealed class RowMapping : IRowToRowMapper
{
    internal RowMapping(DataViewSchema input, AddedColumn added)
    {
        (InputSchema, Added) = (input, added);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumns([added.Column]);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    internal AddedColumn Added { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        bool[] needed = ActiveColumns.Flags(OutputSchema, dependingColumns);
        return InputSchema.Where(c => needed[c.Index] || (needed[^1] && Added.Sources.Contains(c.Index)));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new MappedRow(input, this, ActiveColumns.Flags(OutputSchema, activeColumns));
}

/// <summary>The rest of a cursor over an added column: everything else is the input row's.</summary>
internal sealed class MappedRow : DataViewRow
{
    private readonly DataViewRow _input;
    private readonly bool[] _active;
    private readonly Delegate _added;

    internal MappedRow(DataViewRow input, RowMapping mapping, bool[] active)
    {
        (_input, _active, Schema) = (input, active, mapping.OutputSchema);
        _added = active[^1] ? mapping.Added.Getter(input) : null;
    }

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override DataViewSchema Schema { get; }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (column.Index == _active.Length - 1)
        {
            var getters = new Delegate[_active.Length];
            getters[^1] = _added;
            return ActiveColumns.Getter<TValue>(getters, column);
        }
        return _active[column.Index]
            ? _input.GetGetter<TValue>(_input.Schema[column.Index])
            : throw new ArgumentOutOfRangeException(nameof(column), $"Requested column '{column.Name}' is not active.");
    }

    protected override void Dispose(bool disposing)
    {
        _input.Dispose();
        base.Dispose(disposing);
    }
}

internal sealed class MappedView(IDataView source, RowMapping mapping) : DataViewBase(mapping.OutputSchema)
{
    public override bool CanShuffle => source.CanShuffle;

    public override long? GetRowCount() => source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        bool[] active = ActiveColumns.Flags(Schema, columnsNeeded);
        return new RowCursor(source.GetRowCursor(mapping.GetDependencies(columnsNeeded), rand), mapping, active);
    }

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        bool[] active = ActiveColumns.Flags(Schema, columnsNeeded);
        return [.. source.GetRowCursorSet(mapping.GetDependencies(columnsNeeded), n, rand).Select(cursor => new RowCursor(cursor, mapping, active))];
    }

    private sealed class RowCursor(DataViewRowCursor source, RowMapping mapping, bool[] active) : DataViewRowCursor
    {
        private readonly MappedRow _row = new(source, mapping, active);

        public override long Position => source.Position;

        public override long Batch => source.Batch;

        public override DataViewSchema Schema => _row.Schema;

        public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => _row.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _row.GetGetter<TValue>(column);

        public override bool MoveNext() => source.MoveNext();

        protected override void Dispose(bool disposing)
        {
            _row.Dispose();
            base.Dispose(disposing);
        }
    }
}
