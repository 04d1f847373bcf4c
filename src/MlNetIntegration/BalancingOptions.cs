using GanPipeline.Primitives;
using Microsoft.ML;

namespace GanPipeline.MlNet;

/// <summary>How a threshold, or a method and a threshold, is chosen. A goal alone stands for the options that have it and the defaults.</summary>
public sealed record BalancingOptions
{
    /// <summary>What is to be best.</summary>
    public BalancingGoal Goal { get; init; } = BalancingGoal.F1;

    /// <summary>Stratified folds of each cut of the training rows, at least 2; equal rows are in one fold.</summary>
    /// <exception cref="UserErrorException">It is below 2.</exception>
    public int Folds
    {
        get;
        init => field = value >= 2 ? value : throw new UserErrorException($"BalancingOptions.Folds is {value}; give at least 2");
    } = 4;

    /// <summary>Cuts into folds, at least 1, each with a seed of its own. The trainer is fitted Folds × Repeats times for each method that is tried.</summary>
    /// <exception cref="UserErrorException">It is below 1.</exception>
    public int Repeats
    {
        get;
        init => field = value >= 1 ? value : throw new UserErrorException($"BalancingOptions.Repeats is {value}; give at least 1");
    } = 2;

    /// <summary>Seed of the folds and of the methods; left out, it is drawn from the MLContext, which repeats itself when that has a seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// Of two classes, what gives the model its probabilities: <c>ml.BinaryClassification.Calibrators.Isotonic("Label")</c> or <c>.Platt("Label")</c>, fitted
    /// to scores of rows that the scoring model had not seen. Null keeps the trainer's own.
    /// </summary>
    public IEstimator<ITransformer>? Calibrator { get; init; }

    /// <summary>
    /// The column that the trainer takes weights from (its <c>ExampleWeightColumnName</c>), which the data must not have: with it, class weights are among the
    /// methods that <c>AppendBalancing</c> and <c>WithBalancing</c> choose from.
    /// </summary>
    public string? WeightColumnName { get; init; }

    /// <summary>Ends the choice, and with it Fit, by an <see cref="OperationCanceledException"/>; the fit of a trainer that has begun is waited for.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The goal with the defaults.</summary>
    public static implicit operator BalancingOptions(BalancingGoal goal) => new() { Goal = goal };
}
