using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// Adds rows to the view that its chain is fitted on, while it is fitted, and leaves every other view alone, also that one afterwards: neither scoring nor the
/// hold-out folds of cross-validation ever have an added row. Fitted alone, outside a chain, it gives the fitted view its added rows each time. Saved, it is an
/// empty chain of ML.NET's own, so a saved pipeline needs nothing of this assembly. It holds the view and the added rows as long as the model lives, or until
/// it is disposed.
/// </summary>
public sealed class UpsamplingTransformer : ITransformer, IDisposable
{
    private readonly IDataView _fitted;
    private readonly AddedRows _added;
    private readonly bool _inChain;
    private int _passes;

    /// <param name="fitted">The view that it was fitted on.</param>
    /// <param name="added">The rows added to it.</param>
    /// <param name="report">What was added.</param>
    /// <param name="passes">How many chains are being fitted of which it is a step; each will ask for its rows once.</param>
    internal UpsamplingTransformer(IDataView fitted, AddedRows added, UpsamplingReport report, int passes)
    {
        (_fitted, _added, Report, _passes, _inChain) = (fitted, added, report, passes, passes > 0);
        AddedRows = new UpsampledDataView(fitted, added) { AddedOnly = true };
    }

    /// <summary>What was added.</summary>
    public UpsamplingReport Report { get; }

    /// <summary>The added rows alone, in the order in which they stand behind the fitted view's own.</summary>
    public IDataView AddedRows { get; }

    /// <summary>True: outside of Fit rows stay as they are.</summary>
    public bool IsRowToRowMapper => true;

    private static ITransformer Nothing { get; } = new TransformerChain<ITransformer>();

    /// <summary>The schema as it is.</summary>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

    /// <summary>
    /// In a chain that is being fitted, and of the fitted view where there is no chain: the view with its added rows. Any other view as it is.
    /// </summary>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!_inChain)
            return ReferenceEquals(input, _fitted) ? Upsampled(input) : input;
        if (_passes == 0 || !ChainFit.IsAsking())
            return input;
        _passes--; // the next one is the enclosing chain's, whose view is another object with the same rows
        return Upsampled(input);
    }

    /// <summary>A mapper that does nothing, for prediction engines.</summary>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Nothing.GetRowToRowMapper(inputSchema);

    /// <summary>Gives the added rows back; views with them cannot be read any more. A model disposes its steps.</summary>
    public void Dispose() => _added.Dispose();

    void ICanSaveModel.Save(ModelSaveContext ctx) => Nothing.Save(ctx);

    private IDataView Upsampled(IDataView view) => _added.Count == 0 ? view : new UpsampledDataView(view, _added);
}
