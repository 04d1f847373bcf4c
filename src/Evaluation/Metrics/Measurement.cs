namespace GanPipeline.Evaluation.Metrics;

/// <summary>A number as a metric's function gives it.</summary>
/// <param name="Value">The number; NaN where it does not exist.</param>
/// <param name="Sample">What it was measured on, with counts.</param>
internal sealed record Measurement(double Value, string Sample)
{
    /// <summary>Draws its 95 % interval, from a seed and a purpose of the random numbers; null where there is none.</summary>
    public Func<ulong, string, Interval?>? Interval { get; init; }

    /// <summary>The class or column that it belongs to; empty for the whole.</summary>
    public string Class { get; init; } = "";

    /// <summary>What was measured, where that is not simply the generated samples.</summary>
    public string Data { get; init; } = "";

    /// <summary>The mean of numbers, of which there may be none; for a share, zeros and ones.</summary>
    public static Measurement Mean(double[] numbers, string sample) => numbers.Length == 0 ? new Measurement(double.NaN, sample)
        : new Measurement(numbers.Average(), sample)
        {
            Interval = (seed, purpose) => numbers.Length < Bootstrap.FewestRows ? null : Bootstrap.OfMean(numbers, seed, purpose),
        };

    /// <summary>The median of numbers, of which there is at least one.</summary>
    public static Measurement Median(double[] numbers, string sample) => Of(numbers.Length,
        places => Quantile.Median([.. places.Select(p => numbers[p])]), sample);

    /// <summary>A statistic of rows, which takes the rows' places.</summary>
    public static Measurement Of(int rows, Func<int[], double> statistic, string sample) => new(statistic([.. Enumerable.Range(0, rows)]), sample)
    {
        Interval = (seed, purpose) => rows < Bootstrap.FewestRows ? null : Bootstrap.Of(rows, statistic, seed, purpose),
    };

    /// <summary>The share of predictions that are right, of all and of each class.</summary>
    /// <param name="actual">[N] the classes as they are, or as they were asked for.</param>
    /// <param name="predicted">[N] as predicted.</param>
    /// <param name="classNames">Names in index order.</param>
    /// <param name="sample">What so many predictions are measured on.</param>
    public static IEnumerable<Measurement> Accuracy(long[] actual, long[] predicted, IReadOnlyList<string> classNames, Func<int, string> sample)
    {
        double[] hits = [.. actual.Zip(predicted, (a, p) => a == p ? 1.0 : 0)];
        return classNames.Select((name, c) => Share([.. hits.Where((_, i) => actual[i] == c)], name)).Prepend(Share(hits, ""));

        Measurement Share(double[] of, string name) => Mean(of, sample(of.Length)) with { Class = name };
    }
}
