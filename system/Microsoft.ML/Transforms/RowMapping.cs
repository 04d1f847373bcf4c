namespace Microsoft.ML.Data;

/// <summary>A column that a transformer adds, made of some columns of the input.</summary>
internal sealed record AddedColumn(DataViewSchema.DetachedColumn Column, int[] Sources, Func<DataViewRow, Delegate> Getter);

/// <summary>The columns of the input, and an added one: behind the column of the same name that it hides, or else at the end.</summary>
internal sealed class RowMapping : IRowToRowMapper
{
    private readonly int _place;

    internal RowMapping(DataViewSchema input, AddedColumn added)
    {
        (InputSchema, Added) = (input, added);
        _place = input.GetColumnOrNull(added.Column.Name)?.Index + 1 ?? input.Count;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input.Take(_place));
        builder.AddColumns([added.Column]);
        builder.AddColumns(input.Skip(_place));
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    internal AddedColumn Added { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        bool[] needed = ActiveColumns.Flags(OutputSchema, dependingColumns);
        return InputSchema.Where(c => needed[c.Index < _place ? c.Index : c.Index + 1] || (needed[_place] && Added.Sources.Contains(c.Index)));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new MappedRow(input, this, ActiveColumns.Flags(OutputSchema, activeColumns));

    /// <summary>The input's column that the output's is, or null for the added one.</summary>
    internal DataViewSchema.Column? InputOf(DataViewSchema.Column output) =>
        output.Index == _place ? null : InputSchema[output.Index < _place ? output.Index : output.Index - 1];

    internal Delegate AddedGetter(DataViewRow input, bool[] active) => active[_place] ? Added.Getter(input) : null;
}

/// <summary>A row with the added column: everything else is the input row's.</summary>
internal sealed class MappedRow(DataViewRow input, RowMapping mapping, bool[] active) : DataViewRow
{
    private readonly Delegate _added = mapping.AddedGetter(input, active);

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override DataViewSchema Schema => mapping.OutputSchema;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => active[column.Index] && mapping.InputOf(column) is { } source
        ? input.GetGetter<TValue>(source)
        : ActiveColumns.Cast<TValue>(active[column.Index] ? _added : null, column);

    protected override void Dispose(bool disposing)
    {
        input.Dispose();
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
