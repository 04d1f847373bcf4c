namespace Microsoft.ML.Data;

/// <summary>The rows of a source that pass a test, which is made anew for each cursor, over a row that also has <paramref name="testColumns"/>.</summary>
internal sealed class SelectedRowsView(
    IDataView source, IReadOnlyList<DataViewSchema.Column> testColumns, Func<DataViewRow, Func<bool>> test, bool canShuffle, Func<long?> rowCount)
    : DataViewBase(source.Schema)
{
    public override bool CanShuffle => canShuffle && source.CanShuffle;

    public override long? GetRowCount() => rowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        bool[] active = ActiveColumns.Flags(Schema, columnsNeeded);
        var columns = Schema.Where(c => active[c.Index] || testColumns.Any(t => t.Index == c.Index));
        return new RowCursor(source.GetRowCursor(columns, CanShuffle ? rand : null), active, test);
    }

    private sealed class RowCursor(DataViewRowCursor source, bool[] active, Func<DataViewRow, Func<bool>> test) : Cursor
    {
        private readonly Func<bool> _passes = test(source);

        public override DataViewSchema Schema => source.Schema;

        public override long Batch => source.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => active[column.Index]
            ? source.GetGetter<TValue>(column)
            : throw new ArgumentOutOfRangeException(nameof(column), $"Requested column '{column.Name}' is not active.");

        public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

        protected override bool Advance()
        {
            while (source.MoveNext())
            {
                if (_passes())
                    return true;
            }
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            source.Dispose();
            base.Dispose(disposing);
        }
    }
}
