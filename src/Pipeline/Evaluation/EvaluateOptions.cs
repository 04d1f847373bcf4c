using GanPipeline.Evaluation.Metrics;

namespace GanPipeline;

/// <summary>What to evaluate, against what, and how.</summary>
/// <param name="Samples">
/// A generator file (<c>.onnx</c>), a folder of images (IDX files, or PNG and JPEG), a <c>.npy</c> file, or a table (<c>.csv</c>).
/// </param>
public sealed record EvaluateOptions(string Samples)
{
    /// <summary>The real data: the folder or file that the generator was trained on; null for data that a preset generates.</summary>
    public string? Data { get; init; }

    /// <summary>For tables: real rows that the generator never saw; null to compare with those of <see cref="Data"/>.</summary>
    public string? Test { get; init; }

    /// <summary>
    /// For tables: the column of categories that a classifier has to predict; null for the generator's own, or for the column <c>class</c> of a file.
    /// </summary>
    public string? Label { get; init; }

    /// <summary>The preset that says how the data are read, where the samples do not (a generator file knows its own).</summary>
    public string? Preset { get; init; }

    /// <summary>The real samples that generated ones are compared with.</summary>
    public RealPart Against { get; init; }

    /// <summary>Names of the metrics to measure; empty for all that the data allow.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>Samples that are evaluated at most, at least 2.</summary>
    public int Count { get; init; } = 10_000;

    /// <summary>An ONNX file from images to feature vectors whose features are compared instead of the classifier's; null for the classifier's.</summary>
    public string? Features { get; init; }

    /// <summary>What that network wants for pixels of 0 and of 255; the first is the smaller.</summary>
    public (float Low, float High) FeaturesRange { get; init; } = (0, 255);

    /// <summary>A <c>.csv</c> file for the results; null for none.</summary>
    public string? Out { get; init; }

    /// <summary>For images: a folder for a picture and a list of the generated images nearest to training images; null for none.</summary>
    public string? Pictures { get; init; }

    /// <summary>Seed of the noise, of intervals and classifiers.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether files that are there already may be replaced.</summary>
    public bool Force { get; init; }
}

/// <summary>A part of the real data.</summary>
public enum RealPart
{
    /// <summary>The part that training never saw.</summary>
    Test,

    /// <summary>The part that the generator was trained on.</summary>
    Training,
}

/// <summary>What was measured.</summary>
/// <param name="Metrics">The numbers, those of single classes or columns included.</param>
/// <param name="Out">The file that has them; null for none.</param>
public sealed record EvaluateResult(IReadOnlyList<MetricResult> Metrics, string? Out);
