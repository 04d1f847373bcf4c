using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// A column as schema propagation knows it. ML.NET has no public way to make one, but a chain propagates the shape of the view that it is fitted on: an
/// estimator in a chain that is fitted on a view without rows is told the shape of any column.
/// </summary>
internal static class ShapeOf
{
    internal static SchemaShape.Column Column(string name, DataViewType type)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(name, type);
        var listener = new Listener();
        new EstimatorChain<ITransformer>().Append(listener).Fit(new NoRows(schema.ToSchema()));
        return listener.Heard!.Single();
    }

    private sealed class Listener : IEstimator<ITransformer>
    {
        internal SchemaShape? Heard { get; private set; }

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Heard = inputSchema;
    }

    private sealed class NoRows(DataViewSchema schema) : IDataView
    {
        public bool CanShuffle => false;

        public DataViewSchema Schema => schema;

        public long? GetRowCount() => 0;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
            throw new NotSupportedException("only the schema of this view is used");

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            throw new NotSupportedException("only the schema of this view is used");
    }
}
