using System.Globalization;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>
/// What up-sampling with a generator is worth on a test part: the same small classifier learns from the data as they are, from what costs nothing, and from the
/// data up-sampled by the generator, several times each, and is judged by real rows that none has seen. What costs nothing is what the generator has to beat.
/// </summary>
internal static class TestedWays
{
    private const int Repetitions = 5;

    /// <summary>Judges the ways and says what came out.</summary>
    /// <param name="free">Ways that cost nothing; the first is the data as they are.</param>
    /// <param name="generator">The generator's.</param>
    /// <param name="test">Real rows that nothing was learnt from.</param>
    /// <param name="rowName">What they are called: <c>points</c>, <c>rows</c>.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="stop">Ends the work.</param>
    public static IReadOnlyList<MetricResult> Measure(IReadOnlyList<Way> free, Way generator, LabelledRows test, string rowName, ulong seed,
        CancellationToken stop)
    {
        Screen.Note($"training {Repetitions} classifiers for each of {free.Count + 1} ways of dealing with rare classes ...");
        int[] counts = free[0].Rows.ClassCounts();
        int rare = Array.IndexOf(counts, counts.Where(n => n > 0).Min());
        var comparison = new MethodComparison([.. free.Select(Judged)], Judged(generator), test.Labels, test.ClassNames)
        {
            Rare = rare,
            Seed = seed,
            RowName = rowName
        };
        IReadOnlyList<MetricResult> results = MetricCatalog.MeasureAll(MetricCatalog.OfMethods, comparison, null, stop);
        Say([.. free, generator], comparison, results);
        return results;

        MethodPredictions Judged(Way way) => new(way.Key, [.. Enumerable.Range(0, Repetitions)
            .Select(i => way.Predict(test.Values, SeedStream.Derive(seed, "classifier", (ulong)i), stop))]);
    }

    private static void Say(Way[] ways, MethodComparison comparison, IReadOnlyList<MetricResult> results)
    {
        string rare = comparison.ClassNames[comparison.Rare];
        MetricResult Of(string metric, string way) => results.Single(r => r.Metric == metric && r.Data == way);
        Screen.Say("");
        Screen.Say($"A small classifier on {comparison.Actual.Length} test {comparison.RowName} ('{rare}' is the rarest class; 95 % intervals):");
        Screen.Table(["learns from", comparison.RowName, $"of these '{rare}'", $"recall of '{rare}'", "macro-F1"], ways.Select(w => new[]
        {
            w.Name, w.Rows.Count.ToString(CultureInfo.InvariantCulture), w.Rows.ClassCounts()[comparison.Rare].ToString(CultureInfo.InvariantCulture),
            Number(Of("classifier-recall", w.Key)), Number(Of("classifier-macro-f1", w.Key)),
        }));
        string free = ways.Single(w => w.Key == comparison.BestFree.Name).Name;
        MetricResult gain = results.Single(r => r.Metric == "classifier-gain");
        Screen.Say(Advice.Of(free, Of("classifier-macro-f1", comparison.BestFree.Name).Value, Of("classifier-macro-f1", Way.Generator).Value,
            new Interval(gain.Low!.Value, gain.High!.Value)));
    }

    private static string Number(MetricResult result) => FormattableString.Invariant($"{result.Value:F3} ({result.Low:F3} to {result.High:F3})");
}
