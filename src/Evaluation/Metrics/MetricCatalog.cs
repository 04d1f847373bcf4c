using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Evaluation.Points;
using GanPipeline.Evaluation.Tables;

namespace GanPipeline.Evaluation.Metrics;

/// <summary>Every metric, in the order of the names. The families' tables hold them.</summary>
internal static class MetricCatalog
{
    /// <summary>Metrics over feature vectors.</summary>
    public static IReadOnlyList<MetricDescriptor<FeatureComparison>> OfFeatures { get; } =
        Ordered([.. DistanceMetrics.All, .. NeighbourhoodMetrics.All, .. ClassMetrics.All, .. ModeMetrics.All]);

    /// <summary>Metrics over tables.</summary>
    public static IReadOnlyList<MetricDescriptor<TableComparison>> OfTables { get; } =
        Ordered([.. ColumnMetrics.All, .. RowMetrics.All, .. PrivacyMetrics.All]);

    /// <summary>Metrics over methods for rare classes.</summary>
    public static IReadOnlyList<MetricDescriptor<MethodComparison>> OfMethods { get; } = Ordered(MethodMetrics.All);

    /// <summary>Metrics over rows that methods add to rare classes.</summary>
    public static IReadOnlyList<MetricDescriptor<AddedRowsComparison>> OfAddedRows { get; } = Ordered(AddedRowMetrics.All);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricDescriptor> All { get; } =
        [.. OfFeatures.Cast<MetricDescriptor>().Concat(OfTables).Concat(OfMethods).Concat(OfAddedRows).OrderBy(m => m.Name, StringComparer.Ordinal)];

    /// <summary>The metrics of those names.</summary>
    /// <exception cref="UserErrorException">There is none of a name.</exception>
    public static IReadOnlyList<MetricDescriptor<TInput>> Named<TInput>(this IReadOnlyList<MetricDescriptor<TInput>> metrics, IEnumerable<string> names)
        where TInput : IComparison => [.. names.Select(name => metrics.FirstOrDefault(m => m.Name == name)
            ?? throw new UserErrorException(
                $"there is no metric '{name}' for this kind of data; there are {Nearest.List(name, metrics.Select(m => m.Name))}"))];

    /// <summary>Measures one metric after the other; those that the input does not allow are told to <paramref name="skipped"/>.</summary>
    /// <param name="metrics">What to measure.</param>
    /// <param name="input">What to look at.</param>
    /// <param name="skipped">Hears the metric and the reason; null makes it an error.</param>
    /// <param name="cancellation">Ends the work before the next metric.</param>
    /// <exception cref="UserErrorException">A metric cannot be measured and nobody listens to <paramref name="skipped"/>.</exception>
    public static IReadOnlyList<MetricResult> MeasureAll<TInput>(this IEnumerable<MetricDescriptor<TInput>> metrics, TInput input,
        Action<MetricDescriptor, string>? skipped = null, CancellationToken cancellation = default) where TInput : IComparison
    {
        var results = new List<MetricResult>();
        foreach (MetricDescriptor<TInput> metric in metrics)
        {
            cancellation.ThrowIfCancellationRequested();
            if (metric.Obstacle(input) is not { } reason) results.AddRange(metric.Measure(input));
            else if (skipped is null) throw new UserErrorException($"'{metric.Name}' cannot be measured: {reason}.");
            else skipped(metric, reason);
        }
        return results;
    }

    private static IReadOnlyList<MetricDescriptor<TInput>> Ordered<TInput>(IEnumerable<MetricDescriptor<TInput>> metrics) where TInput : IComparison =>
        [.. metrics.OrderBy(m => m.Name, StringComparer.Ordinal)];
}
