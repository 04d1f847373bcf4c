using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.Stages;

/// <summary>A row as ML.NET sees it: its class and its numbers.</summary>
internal sealed class LabelledRow
{
    public string Label { get; set; } = "";

    public float[] Features { get; set; } = [];

    /// <summary>A view of rows that are read anew by each cursor; one object may serve for all rows.</summary>
    public static IDataView View(MLContext context, IEnumerable<LabelledRow> rows, int columns) => context.Data.LoadFromEnumerable(rows, Schema(columns));

    /// <summary>The rows of a view, all in one object.</summary>
    public static IEnumerable<LabelledRow> Of(MLContext context, IDataView view) => context.Data.CreateEnumerable<LabelledRow>(view, reuseRowObject: true,
        ignoreMissingColumns: false, Schema(((VectorDataViewType)view.Schema[nameof(Features)].Type).Size));

    private static SchemaDefinition Schema(int columns)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(LabelledRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns);
        return schema;
    }
}
