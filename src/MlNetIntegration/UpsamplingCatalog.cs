using GanPipeline.MlNet;
using GanPipeline.Primitives;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Up-sampling of rare classes as a step of an ML.NET pipeline.</summary>
public static class UpsamplingCatalog
{
    /// <summary>
    /// Adds synthetic rows to what the estimators behind this one are fitted on, until the classes are balanced. Outside of Fit nothing is added: a fitted
    /// pipeline transforms, scores, cross-validates and saves as if this step were not there.
    /// <para>
    /// Put it behind the last step that makes features, and split into training and test rows before fitting, never after it. It works in a chain of ML.NET's,
    /// however that is kept and composed. Code of your own that fits and transforms steps one by one has no chain: there, wrap the trainer by
    /// <see cref="WithUpsampling{TTransformer}(IEstimator{TTransformer}, MLContext, string, string, UpsamplingOptions, Action{UpsamplingReport})"/>.
    /// </para>
    /// </summary>
    /// <param name="start">The pipeline so far.</param>
    /// <param name="context">The context, for its log and its seed.</param>
    /// <param name="labelColumnName">The class: a key, text, a Boolean or a number.</param>
    /// <param name="featureColumnName">What is generated: a vector of Single of known size.</param>
    /// <param name="options">Which balance, and where the rows come from: <c>Resampler.Smote()</c>, or options that have it.</param>
    /// <exception cref="UserErrorException">Thrown by Fit; one sentence says what is wrong with the columns, rows, balance or resampler.</exception>
    public static EstimatorChain<ITransformer> AppendUpsampling(
        this IEstimator<ITransformer> start, MLContext context, string labelColumnName, string featureColumnName, UpsamplingOptions options) =>
        start.Append<ITransformer>(new UpsamplingEstimator(context, labelColumnName, featureColumnName, options));

    /// <inheritdoc cref="AppendUpsampling(IEstimator{ITransformer}, MLContext, string, string, UpsamplingOptions)"/>
    /// <typeparam name="TLast">The last transformer of the pipeline so far.</typeparam>
    public static EstimatorChain<ITransformer> AppendUpsampling<TLast>(
        this EstimatorChain<TLast> start, MLContext context, string labelColumnName, string featureColumnName, UpsamplingOptions options)
        where TLast : class, ITransformer =>
        start.Append<ITransformer>(new UpsamplingEstimator(context, labelColumnName, featureColumnName, options));

    /// <summary>
    /// As <see cref="AppendUpsampling(IEstimator{ITransformer}, MLContext, string, string, UpsamplingOptions)"/>, for columns of numbers, Booleans and text
    /// instead of one column of vectors; put it before the steps that encode them. A pipeline that begins with it begins with
    /// <c>new EstimatorChain&lt;ITransformer&gt;()</c>, or with <c>ml.Transforms.Upsample</c>. The values are kept in memory; what is missing is NaN or empty
    /// text.
    /// </summary>
    /// <param name="start">The pipeline so far.</param>
    /// <param name="context">The context, for its log and its seed.</param>
    /// <param name="labelColumnName">The class: a key, text, a Boolean or a number.</param>
    /// <param name="columnNames">What is generated; all other columns of an added row are those of a real row of its class.</param>
    /// <param name="options">Which balance, and where the rows come from: <c>Resampler.Smote()</c>, or options that have it.</param>
    /// <exception cref="UserErrorException">Thrown by Fit; one sentence says what is wrong with the columns, rows, balance or resampler.</exception>
    public static EstimatorChain<ITransformer> AppendUpsampling(
        this IEstimator<ITransformer> start, MLContext context, string labelColumnName, IReadOnlyList<string> columnNames, UpsamplingOptions options) =>
        start.Append<ITransformer>(new UpsamplingEstimator(context, labelColumnName, columnNames, options));

    /// <inheritdoc cref="AppendUpsampling(IEstimator{ITransformer}, MLContext, string, IReadOnlyList{string}, UpsamplingOptions)"/>
    /// <typeparam name="TLast">The last transformer of the pipeline so far.</typeparam>
    public static EstimatorChain<ITransformer> AppendUpsampling<TLast>(
        this EstimatorChain<TLast> start, MLContext context, string labelColumnName, IReadOnlyList<string> columnNames, UpsamplingOptions options)
        where TLast : class, ITransformer =>
        start.Append<ITransformer>(new UpsamplingEstimator(context, labelColumnName, columnNames, options));

    /// <summary>
    /// The step of <see cref="AppendUpsampling(IEstimator{ITransformer}, MLContext, string, string, UpsamplingOptions)"/> by itself. Fitted outside a chain,
    /// its transformer gives the fitted view its added rows, for a program that wants to have them: <c>Fit(train).Transform(train)</c>. Append it without a
    /// scope: it keeps out of scoring by itself, and the training scope is lost as soon as the chain becomes a step of another.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="context">The context, for its log and its seed, which a catalog gives to ML.NET's own steps only.</param>
    /// <param name="labelColumnName">The class: a key, text, a Boolean or a number.</param>
    /// <param name="featureColumnName">What is generated: a vector of Single of known size.</param>
    /// <param name="options">Which balance, and where the rows come from.</param>
    public static UpsamplingEstimator Upsample(
        this TransformsCatalog catalog, MLContext context, string labelColumnName, string featureColumnName, UpsamplingOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(context, labelColumnName, featureColumnName, options);
    }

    /// <summary>
    /// As <see cref="Upsample(TransformsCatalog, MLContext, string, string, UpsamplingOptions)"/>, for columns of numbers, Booleans and text.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="context">The context.</param>
    /// <param name="labelColumnName">The class: a key, text, a Boolean or a number.</param>
    /// <param name="columnNames">What is generated.</param>
    /// <param name="options">Which balance, and where the rows come from.</param>
    public static UpsamplingEstimator Upsample(
        this TransformsCatalog catalog, MLContext context, string labelColumnName, IReadOnlyList<string> columnNames, UpsamplingOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(context, labelColumnName, columnNames, options);
    }

    /// <summary>
    /// An estimator that fits this one, a trainer mostly, on the view with rows added, and gives what this one gives. It depends on no chain, so it is right in
    /// code that fits its steps one by one too, and nothing of it is left in the model. What stands behind the trainer in a chain is fitted on real rows alone.
    /// </summary>
    /// <typeparam name="TTransformer">What the trainer gives.</typeparam>
    /// <param name="trainer">The trainer, or a pipeline that ends with one.</param>
    /// <param name="context">The context, for its log and its seed.</param>
    /// <param name="labelColumnName">The class: a key, text, a Boolean or a number.</param>
    /// <param name="featureColumnName">What is generated: a vector of Single of known size.</param>
    /// <param name="options">Which balance, and where the rows come from.</param>
    /// <param name="onFit">Is told what was added, each time that it is fitted.</param>
    public static IEstimator<TTransformer> WithUpsampling<TTransformer>(this IEstimator<TTransformer> trainer, MLContext context, string labelColumnName,
        string featureColumnName, UpsamplingOptions options, Action<UpsamplingReport>? onFit = null)
        where TTransformer : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return new UpsampledTrainer<TTransformer>(trainer, new(context, labelColumnName, featureColumnName, options), onFit);
    }

    /// <summary>
    /// As <see cref="WithUpsampling{TTransformer}(IEstimator{TTransformer}, MLContext, string, string, UpsamplingOptions, Action{UpsamplingReport})"/>, for
    /// columns of numbers, Booleans and text, which the pipeline then encodes.
    /// </summary>
    /// <typeparam name="TTransformer">What the pipeline gives.</typeparam>
    /// <param name="trainer">The pipeline: what encodes the columns, and the trainer.</param>
    /// <param name="context">The context, for its log and its seed.</param>
    /// <param name="labelColumnName">The class: a key, text, a Boolean or a number.</param>
    /// <param name="columnNames">What is generated.</param>
    /// <param name="options">Which balance, and where the rows come from.</param>
    /// <param name="onFit">Is told what was added, each time that it is fitted.</param>
    public static IEstimator<TTransformer> WithUpsampling<TTransformer>(this IEstimator<TTransformer> trainer, MLContext context, string labelColumnName,
        IReadOnlyList<string> columnNames, UpsamplingOptions options, Action<UpsamplingReport>? onFit = null)
        where TTransformer : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return new UpsampledTrainer<TTransformer>(trainer, new(context, labelColumnName, columnNames, options), onFit);
    }
}
