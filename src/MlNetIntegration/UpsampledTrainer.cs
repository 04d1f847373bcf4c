using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// An estimator, a trainer mostly, that is fitted on the view with rows added. What it gives is what the inner one gives: nothing of up-sampling is left in the
/// model.
/// </summary>
internal sealed class UpsampledTrainer<TTransformer>(IEstimator<TTransformer> inner, UpsamplingEstimator upsampling, Action<UpsamplingReport>? onFit)
    : IEstimator<TTransformer>
    where TTransformer : ITransformer
{
    public TTransformer Fit(IDataView input)
    {
        using UpsamplingTransformer fitted = upsampling.FitAlone(input);
        onFit?.Invoke(fitted.Report);
        return inner.Fit(fitted.Transform(input));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(upsampling.GetOutputSchema(inputSchema));
}
