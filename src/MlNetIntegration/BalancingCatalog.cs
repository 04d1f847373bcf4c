using GanPipeline.MlNet;
using GanPipeline.Primitives;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Decision thresholds and methods for rare classes that are chosen on folds of the training rows while a trainer is fitted.</summary>
public static class BalancingCatalog
{
    /// <summary>
    /// An estimator that fits this trainer on all rows and lets its model decide by the threshold (of more than two classes: by a factor for each) that is best
    /// for a goal on folds of the training rows: a row is only ever judged by a model that was not fitted on it. The plain decisions stay where none is better.
    /// <para>
    /// What it gives are steps of ML.NET's own, which save and load without this package. Of two classes: the trainer's model with its threshold changed, the
    /// calibrator if there is one, and a shift of the column Score, so that a score above 0 is what is decided, which <c>Evaluate</c> and <c>CrossValidate</c>
    /// count by; the column Probability is not shifted. Of a key's classes: the trainer's model, and steps that make the scores p·factor / Σ, the largest of
    /// which is decided for.
    /// </para>
    /// </summary>
    /// <param name="trainer">The trainer, or a pipeline that ends with one.</param>
    /// <param name="context">The context, for its log and its seed.</param>
    /// <param name="labelColumnName">The class: a Boolean, or a key.</param>
    /// <param name="featureColumnName">A vector of Single of known size; rows in which it is equal are in one fold.</param>
    /// <param name="options">What is to be best: <c>BalancingGoal.F1</c>, or options that have it.</param>
    /// <param name="onFit">Is told what was chosen, each time that it is fitted.</param>
    /// <exception cref="UserErrorException">Thrown by Fit; one sentence says what is wrong with the columns, rows, goal or trainer.</exception>
    public static IEstimator<ITransformer> WithThreshold(this IEstimator<ITransformer> trainer, MLContext context, string labelColumnName,
        string featureColumnName, BalancingOptions options, Action<BalancingReport>? onFit = null) =>
        new ThresholdTrainer(trainer, context, labelColumnName, featureColumnName, options, onFit);

    /// <summary>
    /// As <see cref="WithThreshold"/>, but what the trainer is fitted on is chosen too, with the threshold that is best for it: the rows as they are, random
    /// over-sampling, SMOTE and local Gaussians (and class weights, where <see cref="BalancingOptions.WeightColumnName"/> says how), each at several target
    /// shares of the largest class. Methods that are clearly behind are stopped early. No row that scores is ever touched, and nothing of it is left in the
    /// model but the threshold.
    /// </summary>
    /// <param name="trainer">The trainer, or a pipeline that ends with one; it is given the label, the features and the weights, if any, alone.</param>
    /// <param name="context">The context, for its log and its seed.</param>
    /// <param name="labelColumnName">The class: a Boolean, or a key.</param>
    /// <param name="featureColumnName">What new rows are made of: a vector of Single of known size, all numbers finite.</param>
    /// <param name="options">What is to be best: <c>BalancingGoal.F1</c>, or options that have it.</param>
    /// <param name="onFit">Is told what was chosen, each time that it is fitted.</param>
    /// <exception cref="UserErrorException">Thrown by Fit; one sentence says what is wrong with the columns, rows, goal or trainer.</exception>
    public static IEstimator<ITransformer> WithBalancing(this IEstimator<ITransformer> trainer, MLContext context, string labelColumnName,
        string featureColumnName, BalancingOptions options, Action<BalancingReport>? onFit = null) =>
        new BalancedTrainer(trainer, context, labelColumnName, featureColumnName, options, onFit);

    /// <summary>Appends a trainer <see cref="WithBalancing"/> to a pipeline.</summary>
    /// <param name="start">The pipeline so far, which makes the features.</param>
    /// <param name="context">The context, for its log and its seed.</param>
    /// <param name="labelColumnName">The class: a Boolean, or a key.</param>
    /// <param name="featureColumnName">What new rows are made of: a vector of Single of known size, all numbers finite.</param>
    /// <param name="trainer">The trainer, or a pipeline that ends with one.</param>
    /// <param name="options">What is to be best: <c>BalancingGoal.F1</c>, or options that have it.</param>
    /// <param name="onFit">Is told what was chosen, each time that it is fitted.</param>
    /// <exception cref="UserErrorException">Thrown by Fit; one sentence says what is wrong with the columns, rows, goal or trainer.</exception>
    public static EstimatorChain<ITransformer> AppendBalancing(this IEstimator<ITransformer> start, MLContext context, string labelColumnName,
        string featureColumnName, IEstimator<ITransformer> trainer, BalancingOptions options, Action<BalancingReport>? onFit = null) =>
        start.Append(trainer.WithBalancing(context, labelColumnName, featureColumnName, options, onFit));
}
