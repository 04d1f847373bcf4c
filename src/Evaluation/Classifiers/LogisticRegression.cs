using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace GanPipeline.Evaluation.Classifiers;

/// <summary>
/// Multinomial logistic regression (ML.NET's maximum entropy, fitted by L-BFGS) over columns that are standardised on the training rows; the squared weights
/// are penalised by half their sum, as scikit-learn's default (C = 1) does.
/// </summary>
internal sealed class LogisticRegression : MlNetTrainer
{
    private const int MostIterations = 200;

    /// <inheritdoc/>
    public override string Name => "logistic regression";

    /// <inheritdoc/>
    protected override IEstimator<ITransformer> Estimator(MLContext ml, int seed, int classes) =>
        ml.Transforms.NormalizeMeanVariance(nameof(ClassifierRow.Features), fixZero: false, maximumExampleCount: long.MaxValue)
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                ExampleWeightColumnName = nameof(ClassifierRow.Weight),
                L1Regularization = 0, // of which few weights would be left where there are few rows
                L2Regularization = 1,
                MaximumNumberOfIterations = MostIterations,
                NumberOfThreads = 1,
            }));
}
