using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>Up-sampling as one line of an ML.NET pipeline.</summary>
public static class UpsamplingExtensions
{
    /// <summary>
    /// Adds synthetic rows to what the estimators behind this one are trained on, until the classes are balanced. Nothing is added at prediction time: a
    /// fitted pipeline transforms, scores and saves as if this step were not there.
    /// <para>
    /// Put it behind the last step that makes features, and keep the chain's type (<c>var</c>): ML.NET drops training-only steps of a chain that is passed on
    /// as a plain <c>IEstimator&lt;ITransformer&gt;</c> before the trainer is appended. Split into training and test rows before fitting, never after it.
    /// </para>
    /// </summary>
    /// <param name="start">The pipeline so far.</param>
    /// <param name="context">The context, for its log and its seed.</param>
    /// <param name="labelColumn">The class: a key, text, a Boolean or a number.</param>
    /// <param name="featuresColumn">What is generated: a vector of Single of known size.</param>
    /// <param name="options">Which balance, and where the rows come from.</param>
    /// <exception cref="UserErrorException">Thrown by Fit; one sentence says what is wrong with the columns, rows, balance or generator.</exception>
    public static EstimatorChain<UpsamplingTransformer> AppendUpsampling(
        this IEstimator<ITransformer> start, MLContext context, string labelColumn, string featuresColumn, UpsamplingOptions options) =>
        start.Append(new UpsamplingEstimator(context, labelColumn, featuresColumn, options), TransformerScope.Training);

    /// <inheritdoc cref="AppendUpsampling(IEstimator{ITransformer}, MLContext, string, string, UpsamplingOptions)"/>
    /// <typeparam name="TLast">The last transformer of the pipeline so far.</typeparam>
    public static EstimatorChain<UpsamplingTransformer> AppendUpsampling<TLast>(
        this EstimatorChain<TLast> start, MLContext context, string labelColumn, string featuresColumn, UpsamplingOptions options)
        where TLast : class, ITransformer =>
        start.Append(new UpsamplingEstimator(context, labelColumn, featuresColumn, options), TransformerScope.Training);

    /// <summary>
    /// As <see cref="AppendUpsampling(IEstimator{ITransformer}, MLContext, string, string, UpsamplingOptions)"/>, for columns of numbers, Booleans and text
    /// instead of one column of vectors; put it before the steps that encode them. A pipeline that begins with it begins with
    /// <c>new EstimatorChain&lt;ITransformer&gt;()</c>.
    /// </summary>
    /// <param name="start">The pipeline so far.</param>
    /// <param name="context">The context, for its log and its seed.</param>
    /// <param name="labelColumn">The class: a key, text, a Boolean or a number.</param>
    /// <param name="columns">What is generated; all other columns of an added row are those of a real row of its class.</param>
    /// <param name="options">
    /// Which balance, and where the rows come from: <c>GeneratorSource.TrainTable()</c>, or the file of a generator that was trained on a table.
    /// </param>
    /// <exception cref="UserErrorException">Thrown by Fit; one sentence says what is wrong with the columns, rows, balance or generator.</exception>
    public static EstimatorChain<UpsamplingTransformer> AppendUpsampling(
        this IEstimator<ITransformer> start, MLContext context, string labelColumn, IReadOnlyList<string> columns, UpsamplingOptions options) =>
        start.Append(new TableUpsamplingEstimator(context, labelColumn, columns, options), TransformerScope.Training);

    /// <inheritdoc cref="AppendUpsampling(IEstimator{ITransformer}, MLContext, string, IReadOnlyList{string}, UpsamplingOptions)"/>
    /// <typeparam name="TLast">The last transformer of the pipeline so far.</typeparam>
    public static EstimatorChain<UpsamplingTransformer> AppendUpsampling<TLast>(
        this EstimatorChain<TLast> start, MLContext context, string labelColumn, IReadOnlyList<string> columns, UpsamplingOptions options)
        where TLast : class, ITransformer =>
        start.Append(new TableUpsamplingEstimator(context, labelColumn, columns, options), TransformerScope.Training);
}
