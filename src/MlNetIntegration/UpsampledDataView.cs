using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>A view and the rows added to it: behind its own rows, or, with a random generator, anywhere among them.</summary>
internal sealed class UpsampledDataView(IDataView source, AddedRows added) : IDataView
{
    /// <summary>Whether the view's own rows are left out.</summary>
    internal bool AddedOnly { get; init; }

    /// <summary>As the source can: rows that stay in order cannot be mixed with others honestly.</summary>
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => (AddedOnly ? 0L : added.SourceCount) + added.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        added.Prepare(columns);
        Random? order = CanShuffle ? rand : null;
        return new UpsampledCursor(AddedOnly ? null : source.GetRowCursor(columns, order), Schema, columns, added, order);
    }

    /// <summary>One cursor, which the contract allows whatever number is asked for.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
