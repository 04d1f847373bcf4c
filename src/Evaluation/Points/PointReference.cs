using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Evaluation.Features;
using GanPipeline.Resampling;

namespace GanPipeline.Evaluation.Points;

/// <summary>
/// The real side of an evaluation of points: coordinates in standard deviations of the training set (or as they are, where the modes are known), and a
/// classifier of the real classes. Compare it with as many sets of generated points as needed.
/// </summary>
internal sealed class PointReference : IDisposable
{
    private readonly FeatureSet _training, _test;
    private readonly PointReferenceOptions _options;
    private readonly float[] _mean, _deviation;
    private readonly IFittedClassifier? _classifier;
    private readonly long[]? _recognised;
    private float[]? _balls;

    /// <summary>Looks at the real points.</summary>
    /// <param name="training">What the generator was trained on, in the data's own units.</param>
    /// <param name="test">Real points that it was not trained on.</param>
    /// <param name="options">What is compared, and how.</param>
    /// <exception cref="UserErrorException">The sets have different numbers of coordinates.</exception>
    public PointReference(FeatureSet training, FeatureSet test, PointReferenceOptions options)
    {
        _options = options;
        (_mean, _deviation) = Units(training);
        _training = Scaled(training);
        FeatureSet real = options.AgainstTraining ? training : test;
        _test = Scaled(real.Count > options.MostReal ? real.Shuffled(options.Seed, "real points", options.MostReal) : real);
        if (training.Labels is null || options.ClassNames.Count == 0) return;
        _classifier = BoostedTrees.Default.Fit(_training.ToRows(options.ClassNames), null, options.Seed, default);
        try { _recognised = Predict(_classifier, _test); }
        catch
        {
            _classifier.Dispose();
            throw;
        }
    }

    /// <summary>The comparison of generated points with the real ones.</summary>
    /// <param name="generated">Generated points in the data's own units; their labels, where they have some, are the classes asked for.</param>
    /// <exception cref="UserErrorException">They have another number of coordinates.</exception>
    public FeatureComparison Compare(FeatureSet generated)
    {
        FeatureSet scaled = Scaled(generated);
        var training = new Lazy<FeatureSet>(_training);
        return new FeatureComparison(scaled, _test, _options.Centres is null ? $"{scaled.Columns} standardised coordinates" : $"{scaled.Columns} coordinates")
        {
            RealName = _options.AgainstTraining ? "training" : "test",
            Seed = _options.Seed,
            ClassNames = _options.ClassNames,
            Recognised = _classifier is null ? null : Predict(_classifier, scaled),
            RealRecognised = _recognised,
            Training = training,
            HeldOut = _options.AgainstTraining ? null : new Lazy<FeatureSet>(_test),
            Centres = _options.Centres,
            TrainOnGenerated = generated.Labels is null || _test.Labels is null || _classifier is null ? null : () => TrainOn(scaled),
        };
    }

    /// <summary>
    /// The coverage of the real points by generated ones alone, without an interval: what is cheap enough to be measured during training, since the real side
    /// is kept.
    /// </summary>
    /// <exception cref="UserErrorException">There are too few real points.</exception>
    public double Coverage(FeatureSet generated)
    {
        if (_test.Count <= Neighbourhoods.Ball)
            throw new UserErrorException($"coverage needs more than {Neighbourhoods.Ball} real points, and there are {_test.Count}; give more.");
        return Neighbourhoods.Covered(Scaled(generated), _test, _balls ??= Neighbourhoods.Balls(_test));
    }

    private SyntheticClassifier TrainOn(FeatureSet generated)
    {
        using IFittedClassifier classifier = BoostedTrees.Default.Fit(generated.ToRows(_options.ClassNames), null, _options.Seed, default);
        return new SyntheticClassifier(_test.Labels!, Predict(classifier, _test), generated.Count);
    }

    private long[] Predict(IFittedClassifier classifier, FeatureSet points) => classifier.Predict(points.Values, _options.ClassNames.Count);

    private (float[] Mean, float[] Deviation) Units(FeatureSet points)
    {
        float[] mean = new float[points.Columns], deviation = new float[points.Columns];
        Array.Fill(deviation, 1);
        if (_options.Centres is not null) return (mean, deviation);
        for (int c = 0; c < points.Columns; c++)
        {
            double sum = 0, squares = 0;
            for (int i = c; i < points.Values.Length; i += points.Columns) sum += points.Values[i];
            mean[c] = (float)(sum / points.Count);
            for (int i = c; i < points.Values.Length; i += points.Columns) squares += Math.Pow(points.Values[i] - mean[c], 2);
            if (squares > 0) deviation[c] = (float)Math.Sqrt(squares / points.Count);
        }
        return (mean, deviation);
    }

    private FeatureSet Scaled(FeatureSet points)
    {
        if (points.Columns != _mean.Length)
            throw new UserErrorException($"the samples have {points.Columns} coordinates, but the real ones {_mean.Length}; give samples of the data's kind.");
        float[] values = new float[points.Values.Length];
        for (int i = 0; i < values.Length; i++) values[i] = (points.Values[i] - _mean[i % _mean.Length]) / _deviation[i % _mean.Length];
        return new FeatureSet(values, points.Columns, points.Labels);
    }

    /// <inheritdoc/>
    public void Dispose() => _classifier?.Dispose();
}

/// <summary>What an evaluation of points compares, and how.</summary>
internal sealed record PointReferenceOptions
{
    /// <summary>Class names in index order; empty without classes.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Seed of intervals and classifiers.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether generated points are compared with the training points instead of the test points.</summary>
    public bool AgainstTraining { get; init; }

    /// <summary>So many real points at most, drawn at random, are compared with.</summary>
    public int MostReal { get; init; } = 10_000;

    /// <summary>The modes of the data, where they are known.</summary>
    public ModeCentres? Centres { get; init; }
}
