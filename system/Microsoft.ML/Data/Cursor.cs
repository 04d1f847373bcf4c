namespace Microsoft.ML.Data;

/// <summary>A view that is read by one cursor at a time and keeps its order.</summary>
internal abstract class DataViewBase(DataViewSchema schema) : IDataView
{
    public DataViewSchema Schema { get; } = schema;

    public virtual bool CanShuffle => false;

    public virtual long? GetRowCount() => null;

    public abstract DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null);

    public virtual DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}

/// <summary>The state that every cursor has: before the first row and after the last its position is -1, and after the last it is disposed.</summary>
internal abstract class Cursor : DataViewRowCursor
{
    private long _position = -1;
    private bool _ended;

    public sealed override long Position => _position;

    public override long Batch => 0;

    public sealed override bool MoveNext()
    {
        if (_ended)
            return false;
        if (Advance())
        {
            _position++;
            return true;
        }
        Dispose();
        return false;
    }

    protected abstract bool Advance();

    protected override void Dispose(bool disposing)
    {
        _position = -1;
        _ended = true;
        base.Dispose(disposing);
    }

    protected void CheckRow()
    {
        if (_position < 0)
            throw new InvalidOperationException("Values cannot be fetched before the first call to MoveNext, nor after it has returned false.");
    }
}

/// <summary>A row whose getters were made when it was: one delegate for each active column.</summary>
internal static class ActiveColumns
{
    internal static bool[] Flags(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        var active = new bool[schema.Count];
        foreach (DataViewSchema.Column column in columns)
        {
            if (column.Index >= schema.Count || schema[column.Index].Name != column.Name || !schema[column.Index].Type.Equals(column.Type))
                throw new ArgumentException($"Column {column} is not in the schema of the view it was asked from.", nameof(columns));
            active[column.Index] = true;
        }
        return active;
    }

    internal static ValueGetter<TValue> Getter<TValue>(Delegate[] getters, DataViewSchema.Column column) => Cast<TValue>(getters[column.Index], column);

    /// <summary>The getter as the type that the caller asks for; null is the getter of a column that is not active.</summary>
    internal static ValueGetter<TValue> Cast<TValue>(Delegate getter, DataViewSchema.Column column) => getter is null
        ? throw new ArgumentOutOfRangeException(nameof(column), $"Requested column '{column.Name}' is not active.")
        : getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException(
                $"Invalid TValue in GetGetter for column '{column.Name}': '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
}
