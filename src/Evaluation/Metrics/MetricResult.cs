namespace GanPipeline.Evaluation.Metrics;

/// <summary>Which values of a metric are good.</summary>
public enum Better
{
    /// <summary>Larger ones.</summary>
    Higher,

    /// <summary>Smaller ones.</summary>
    Lower,

    /// <summary>Neither: the value has a target that its metric names, or only describes.</summary>
    Neither,
}

/// <summary>Bounds between which a number lies with a probability of 95 %, as far as the drawing of the samples goes.</summary>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
internal sealed record Interval(double Low, double High);

/// <summary>One number of an evaluation.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Value">The number; NaN where it does not exist, which <paramref name="Sample"/> then explains.</param>
/// <param name="Better">Which values are good.</param>
/// <param name="Sample">What it was measured on, with counts.</param>
public sealed record MetricResult(string Metric, double Value, Better Better, string Sample)
{
    /// <summary>What was measured or trained on, where that is not simply the generated samples: <c>real</c>, <c>as it is</c>, <c>SMOTE-NC</c>.</summary>
    public string Data { get; init; } = "";

    /// <summary>The class or column that it belongs to; empty for all together.</summary>
    public string Class { get; init; } = "";

    /// <summary>Lower bound of the 95 % interval; null where there is none.</summary>
    public double? Low { get; init; }

    /// <summary>Upper bound of the 95 % interval; null where there is none.</summary>
    public double? High { get; init; }
}
