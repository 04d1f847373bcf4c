using GanPipeline.Primitives;

namespace GanPipeline.Evaluation.Metrics;

/// <summary>What a measure of quality is called, where it comes from, and which way it points.</summary>
internal abstract class Metric
{
    /// <summary>The name in options and files, for example <c>frechet-distance</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The name on a page, for example "Fréchet distance".</summary>
    public abstract string Title { get; }

    /// <summary>Where it is defined.</summary>
    public abstract string Paper { get; }

    /// <summary>Which values are good.</summary>
    public abstract Better Better { get; }

    /// <summary>Every metric that there is, in the order of their names.</summary>
    public static IReadOnlyList<Metric> All { get; } = [.. typeof(Metric).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(Metric)) && !t.IsAbstract).Select(t => (Metric)Activator.CreateInstance(t)!)
        .OrderBy(m => m.Name, StringComparer.Ordinal)];

    /// <summary>A result of this metric.</summary>
    /// <param name="value">The number.</param>
    /// <param name="interval">Its 95 % interval, where there is one.</param>
    /// <param name="sample">What it was measured on, with counts.</param>
    /// <param name="part">The class or column that it belongs to; empty for the whole.</param>
    protected MetricResult Result(double value, Interval? interval, string sample, string part = "") => new(Name, value, Better, sample)
    {
        Class = part,
        Low = interval?.Low,
        High = interval?.High,
    };
}

/// <summary>
/// A measure of quality over one kind of input. A new one is one new file: a class that derives from this one and is found by its <see cref="Metric.Name"/>.
/// </summary>
/// <typeparam name="TInput">What it looks at: sets of feature vectors, or tables.</typeparam>
internal abstract class Metric<TInput> : Metric
{
    /// <summary>Every metric over this kind of input, in the order of their names.</summary>
    public static new IReadOnlyList<Metric<TInput>> All { get; } = [.. Metric.All.OfType<Metric<TInput>>()];

    /// <summary>Why this input cannot be measured, as a part of a sentence such as "the samples have no classes"; null where it can.</summary>
    public virtual string? Obstacle(TInput input) => null;

    /// <summary>Measures. The same input gives the same results.</summary>
    /// <exception cref="UserErrorException">The input has too few samples, or numbers that are not finite.</exception>
    public abstract IEnumerable<MetricResult> Measure(TInput input);

    /// <summary>The metrics of those names.</summary>
    /// <exception cref="UserErrorException">There is none of a name.</exception>
    public static IReadOnlyList<Metric<TInput>> Named(IEnumerable<string> names) => [.. names.Select(name => All.FirstOrDefault(m => m.Name == name)
        ?? throw new UserErrorException($"there is no metric '{name}' for this kind of data; there are {string.Join(", ", All.Select(m => m.Name))}."))];

    /// <summary>Measures one metric after the other; those that the input does not allow are told to <paramref name="skipped"/>.</summary>
    /// <param name="metrics">What to measure.</param>
    /// <param name="input">What to look at.</param>
    /// <param name="skipped">Hears the metric and the reason; null makes it an error.</param>
    /// <param name="cancellation">Ends the work before the next metric.</param>
    /// <exception cref="UserErrorException">A metric cannot be measured and nobody listens to <paramref name="skipped"/>.</exception>
    public static IReadOnlyList<MetricResult> MeasureAll(
        IEnumerable<Metric<TInput>> metrics, TInput input, Action<Metric, string>? skipped = null, CancellationToken cancellation = default)
    {
        var results = new List<MetricResult>();
        foreach (Metric<TInput> metric in metrics)
        {
            cancellation.ThrowIfCancellationRequested();
            if (metric.Obstacle(input) is not { } reason) results.AddRange(metric.Measure(input));
            else if (skipped is null) throw new UserErrorException($"'{metric.Name}' cannot be measured: {reason}.");
            else skipped(metric, reason);
        }
        return results;
    }
}
