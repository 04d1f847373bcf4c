using System.Diagnostics;
using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;

namespace GanPipeline.Stages;

/// <summary>How samples are evaluated.</summary>
/// <param name="Seed">Seed of intervals and classifiers.</param>
internal sealed record EvaluationSettings(ulong Seed)
{
    public bool AgainstTraining { get; init; }

    /// <summary>An ONNX file whose features are compared instead of the classifier's.</summary>
    public string? Features { get; init; }

    public (float Low, float High) FeaturesRange { get; init; } = (0, 255);
}

/// <summary>The real side of an evaluation of samples of one kind, ready to be compared with generated ones; one file a kind.</summary>
internal abstract class SampleEvaluation : IDisposable
{
    private static readonly Dictionary<string, Func<Dataset, Dataset, EvaluationSettings, StageContext, SampleEvaluation>> Known = new()
    {
        [SampleFormat.Image] = (train, test, settings, context) => new ImageEvaluation(train, test, settings, context),
        [SampleFormat.Points] = (train, test, settings, _) => new PointEvaluation(train, test, settings),
    };

    /// <summary>What to do about data that are too large.</summary>
    public const string Remedy = "take fewer or smaller samples, or train, export and generate without judging (gan train, export, generate)";

    /// <summary>Looks at the real samples, for which a classifier may have to be trained.</summary>
    /// <exception cref="UserErrorException">Samples of this kind cannot be evaluated, or they are too many.</exception>
    public static SampleEvaluation For(Dataset train, Dataset test, EvaluationSettings settings, StageContext context)
    {
        Check(train, test);
        return Known.TryGetValue(train.Format.Kind, out var make) ? make(train, test, settings, context)
            : throw new UserErrorException($"samples of kind '{train.Format.Kind}' cannot be evaluated by gan evaluate yet; " +
                "generate a .csv file and evaluate that.");
    }

    /// <summary>Refuses data that are too large to be evaluated, before anything is trained on them.</summary>
    /// <exception cref="UserErrorException">They are.</exception>
    public static void Check(Dataset train, Dataset test)
    {
        foreach (Dataset data in new[] { train, test })
            _ = ArrayLimit.Check((Int128)data.Count * data.Format.Size,
                $"the data set '{data.Name}', {data.Count} samples of {data.Format.Size} numbers", Remedy);
    }

    /// <summary>Measures samples; says what cannot be measured.</summary>
    /// <param name="samples">What is evaluated.</param>
    /// <param name="names">Names of metrics; all that can be measured where none is given.</param>
    /// <param name="pictures">A folder for pictures, or null.</param>
    /// <param name="context">Hears what is measured, and ends the work.</param>
    public IReadOnlyList<MetricResult> Measure(GeneratedSamples samples, IReadOnlyList<string> names, string? pictures, StageContext context)
    {
        FeatureComparison comparison = Compare(samples);
        IReadOnlyList<MetricDescriptor<FeatureComparison>> metrics = names.Count == 0 ? MetricCatalog.OfFeatures : MetricCatalog.OfFeatures.Named(names);
        Action<MetricDescriptor, string>? skipped = names.Count == 0 ? TableEvaluation.Skipped(context) : null;
        var results = new List<MetricResult>();
        foreach (MetricDescriptor<FeatureComparison> metric in context.Counted("metrics", metrics))
        {
            var clock = Stopwatch.StartNew();
            IReadOnlyList<MetricResult> found = MetricCatalog.MeasureAll([metric], comparison, skipped, context.Stop);
            if (found.Count > 0) context.Detail(FormattableString.Invariant($"{metric.Name}: {clock.Elapsed.TotalSeconds:F1} s"));
            results.AddRange(found);
        }
        if (pictures is not null) Draw(pictures, samples, comparison);
        return results;
    }

    /// <summary>What is measured during training, for people.</summary>
    public abstract string QuickMetric { get; }

    /// <summary>Whether less of it is better.</summary>
    public abstract bool QuickLowerIsBetter { get; }

    /// <summary>One number that says how good samples are, in a fraction of a second.</summary>
    public abstract double Quick(GeneratedSamples samples);

    /// <summary>Samples against the real ones.</summary>
    public abstract FeatureComparison Compare(GeneratedSamples samples);

    /// <summary>Draws what helps to look at samples by eye.</summary>
    protected abstract void Draw(string folder, GeneratedSamples samples, FeatureComparison comparison);

    public abstract void Dispose();
}
