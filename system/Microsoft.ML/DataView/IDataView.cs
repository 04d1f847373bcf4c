using Microsoft.ML.Data;

namespace Microsoft.ML;

public delegate void ValueGetter<TValue>(ref TValue value);

public interface IDataView
{
    bool CanShuffle { get; }

    DataViewSchema Schema { get; }

    long? GetRowCount();

    DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null);

    DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null);
}

public abstract class DataViewRow : IDisposable
{
    private bool _disposed;

    public abstract long Position { get; }

    public abstract long Batch { get; }

    public abstract DataViewSchema Schema { get; }

    public abstract ValueGetter<DataViewRowId> GetIdGetter();

    public abstract bool IsColumnActive(DataViewSchema.Column column);

    public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

    protected virtual void Dispose(bool disposing) => _disposed = true;

    public void Dispose()
    {
        if (_disposed)
            return;
        Dispose(true);
        _disposed = true;
        GC.SuppressFinalize(this);
    }
}

public abstract class DataViewRowCursor : DataViewRow
{
    public abstract bool MoveNext();
}
