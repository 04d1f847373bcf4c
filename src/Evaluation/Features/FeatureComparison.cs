using GanPipeline.Evaluation.Points;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// What the metrics over feature vectors look at: generated samples against real ones that the generator never saw. Everything is in one feature space; what
/// several metrics need, such as distances, is computed once.
/// </summary>
internal sealed class FeatureComparison : IComparison
{
    private readonly Lazy<Neighbourhoods> _neighbourhoods;
    private readonly Lazy<TrainingDistances> _trainingDistances;

    /// <summary>A comparison.</summary>
    /// <param name="generated">Generated samples; their labels are the classes asked for.</param>
    /// <param name="real">Real samples that they are compared with.</param>
    /// <param name="space">The space, for example "classifier's 128 features".</param>
    /// <exception cref="ArgumentException">The sets have different numbers of features.</exception>
    public FeatureComparison(FeatureSet generated, FeatureSet real, string space)
    {
        if (generated.Columns != real.Columns)
            throw new ArgumentException($"the sets have {generated.Columns} and {real.Columns} features; a comparison needs the features of one classifier.");
        (Generated, Real, Space) = (generated, real, space);
        _neighbourhoods = new(() => Neighbourhoods.Of(this));
        _trainingDistances = new(() => TrainingDistances.Of(this));
    }

    /// <summary>Generated samples; their labels are the classes asked for.</summary>
    public FeatureSet Generated { get; }

    /// <summary>Real samples that they are compared with.</summary>
    public FeatureSet Real { get; }

    /// <summary>The space, for example "classifier's 128 features".</summary>
    public string Space { get; }

    /// <summary>What the real samples are called in results: <c>test</c> or <c>training</c>.</summary>
    public string RealName { get; init; } = "test";

    /// <summary>Seed of the intervals and of the classifiers.</summary>
    public ulong Seed { get; init; }

    /// <summary>Class names in index order; empty without classes.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>[generated] the class that a classifier trained on real data recognises in each generated sample; null without one.</summary>
    public long[]? Recognised { get; init; }

    /// <summary>[real] the same for each real sample; null without a classifier.</summary>
    public long[]? RealRecognised { get; init; }

    /// <summary>The samples that the generator was trained on, where they are known; looked at by the metrics that ask for them only.</summary>
    public Lazy<FeatureSet>? Training { get; init; }

    /// <summary>Real samples that it was not trained on, to be compared with <see cref="Training"/>.</summary>
    public Lazy<FeatureSet>? HeldOut { get; init; }

    /// <summary>For data that consist of modes: the centres that real samples lie around, and the deviation around each, in units of the features.</summary>
    public ModeCentres? Centres { get; init; }

    /// <summary>Trains a classifier on generated samples and predicts the classes of real ones; null where that cannot be done.</summary>
    public Func<SyntheticClassifier>? TrainOnGenerated { get; init; }

    /// <summary>"10000 generated against 10000 test samples, classifier's 128 features".</summary>
    internal string Sizes => $"{Generated.Count} generated against {Real.Count} {RealName} samples, {Space}";

    internal Neighbourhoods Neighbourhoods => _neighbourhoods.Value;

    internal TrainingDistances TrainingDistances => _trainingDistances.Value;
}

/// <summary>What a classifier trained on generated samples predicts for real ones.</summary>
/// <param name="Actual">[N] classes of real samples.</param>
/// <param name="Predicted">[N] what it predicts.</param>
/// <param name="TrainedOn">Number of generated samples that it was trained on.</param>
internal sealed record SyntheticClassifier(long[] Actual, long[] Predicted, int TrainedOn);
