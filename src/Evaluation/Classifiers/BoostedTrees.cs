using System.Runtime.InteropServices;
using GanPipeline.Resampling;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace GanPipeline.Evaluation.Classifiers;

/// <summary>
/// Gradient-boosted trees (Friedman 2001, "Greedy function approximation: a gradient boosting machine"; a share of the rows and columns a tree, as in Friedman
/// 2002, "Stochastic gradient boosting"), which do not mind the units of columns: 100 rounds whatever the number of rows, so that classifiers of a small and of
/// an up-sampled set get equal training. By LightGBM, of several classes at once; where ML.NET has no LightGBM (processors other than x64) by FastTree, of more
/// than two classes each against the others.
/// </summary>
internal sealed class BoostedTrees : MlNetTrainer
{
    private const int Rounds = 100, Leaves = 7, RowsOfLeaf = 3;
    private const double LearningRate = 0.1, Share = 0.8;
    private readonly bool _lightGbm;

    /// <summary>Trees by the library that is to be had, or by FastTree.</summary>
    internal BoostedTrees(bool lightGbm) => _lightGbm = lightGbm;

    /// <summary>The classifier by which generated rows and methods are measured.</summary>
    public static IClassifierTrainer Default { get; } = new BoostedTrees(RuntimeInformation.ProcessArchitecture == Architecture.X64);

    /// <inheritdoc/>
    public override string Name => _lightGbm ? "LightGBM" : "FastTree";

    /// <inheritdoc/>
    protected override IEstimator<ITransformer> Estimator(MLContext ml, int seed, int classes) => _lightGbm
        ? ml.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
        {
            ExampleWeightColumnName = nameof(ClassifierRow.Weight),
            NumberOfIterations = Rounds,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = RowsOfLeaf,
            LearningRate = LearningRate,
            UseSoftmax = true,
            Booster = new GradientBooster.Options { SubsampleFraction = Share, SubsampleFrequency = 1, FeatureFraction = Share, L2Regularization = 1 },
            NumberOfThreads = 1,
            Deterministic = true,
            Seed = seed,
            Verbose = false,
        })
        : classes == 2 ? FastTree(ml, seed, nameof(ClassifierRow.IsSecond))
        : ml.MulticlassClassification.Trainers.OneVersusAll(FastTree(ml, seed, nameof(ClassifierRow.Label)));

    private static FastTreeBinaryTrainer FastTree(MLContext ml, int seed, string label) =>
        ml.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            LabelColumnName = label,
            ExampleWeightColumnName = nameof(ClassifierRow.Weight),
            NumberOfTrees = Rounds,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = RowsOfLeaf,
            LearningRate = LearningRate,
            BaggingSize = 1,
            BaggingExampleFraction = Share,
            FeatureFraction = Share,
            MaximumBinCountPerFeature = 63, // its histograms are what takes time
            FeatureFlocks = false,
            NumberOfThreads = 1,
            Seed = seed,
            FeatureSelectionSeed = seed,
        });
}
