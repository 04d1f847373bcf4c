using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// Gives the view that it was fitted on its added rows, and leaves every other view alone. ML.NET's scopes keep it out of scoring, but cross-validation
/// scores with all scopes; knowing its own view keeps it out of hold-out folds too. Saved, it is an empty chain of ML.NET's own, so a saved pipeline needs
/// nothing of this assembly. It holds the view and the added rows as long as the model lives; <c>model.GetModelFor(TransformerScope.Scoring)</c> is the model
/// without them.
/// </summary>
public sealed class UpsamplingTransformer : ITransformer, IDisposable
{
    private readonly IDataView _fitted;
    private readonly IDataView _upsampled;
    private readonly AddedRows _added;

    internal UpsamplingTransformer(IDataView fitted, AddedRows added, UpsamplingReport report)
    {
        (_fitted, _added, Report) = (fitted, added, report);
        _upsampled = added.Count == 0 ? fitted : new UpsampledDataView(fitted, added);
        AddedRows = new UpsampledDataView(fitted, added) { AddedOnly = true };
    }

    /// <summary>What was added.</summary>
    public UpsamplingReport Report { get; }

    /// <summary>The added rows alone, in the order in which they stand behind the fitted view's own.</summary>
    public IDataView AddedRows { get; }

    /// <summary>True: for every view but the fitted one rows stay as they are.</summary>
    public bool IsRowToRowMapper => true;

    private static ITransformer Nothing { get; } = new TransformerChain<ITransformer>();

    /// <summary>The schema as it is.</summary>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

    /// <summary>The fitted view with its added rows, the same ones each time; any other view as it is.</summary>
    public IDataView Transform(IDataView input) => ReferenceEquals(input, _fitted) ? _upsampled : input;

    /// <summary>A mapper that does nothing, for prediction engines.</summary>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Nothing.GetRowToRowMapper(inputSchema);

    /// <summary>Gives the added rows back; the fitted view cannot be transformed with them any more. A model disposes its steps.</summary>
    public void Dispose() => _added.Dispose();

    void ICanSaveModel.Save(ModelSaveContext ctx) => Nothing.Save(ctx);
}
