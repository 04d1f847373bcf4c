using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>What the rows are like that a generator added, beside those of the best known method without one and beside held-out rows.</summary>
internal static class AddedRowsQuality
{
    /// <summary>Measures, and says it in words.</summary>
    /// <param name="methods">What methods made of the training rows, the generator last; added rows come behind these.</param>
    /// <param name="train">The training rows.</param>
    /// <param name="test">Real rows that nothing was made of.</param>
    /// <param name="codec">How rows are encoded.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="context">Hears what comes out, and ends the work.</param>
    public static IReadOnlyList<MetricResult> Measure(
        IReadOnlyList<ResampledRows> methods, LabelledRows train, LabelledRows test, TableCodec codec, ulong seed, StageContext context)
    {
        AddedRows[] added = [.. methods.Where(m => m.Rows.Count > train.Count)
            .Select(m => new AddedRows(m.Method.Name, m.Rows.Pick([.. Enumerable.Range(train.Count, m.Rows.Count - train.Count)])))];
        if (added.Length < methods.Count) return []; // the classes are balanced
        var comparison = new AddedRowsComparison(train, test, added, codec, PlainColumns.Of(BoostedTrees.Default, codec)) { Seed = seed };
        IReadOnlyList<MetricResult> results = MetricCatalog.MeasureAll(
            MetricCatalog.OfAddedRows, comparison, (metric, reason) => context.Note($"'{metric.Name}' is left out: {reason}"), context.Stop);
        foreach (string sentence in Sentences(results, methods[0].Method)) context.Note(sentence);
        return results;
    }

    private static IEnumerable<string> Sentences(IReadOnlyList<MetricResult> results, Method other)
    {
        if (Of("added-row-near-copies") is { } copies && Of("added-row-distance") is { } distance)
        {
            yield return FormattableString.Invariant($"{copies(ResampledRows.Generator):P0} of the generated rows are nearly a training row ({other.Name}: ") +
                FormattableString.Invariant($"{copies(other.Name):P0}, held-out rows: {copies(AddedRowsComparison.HeldOut):P0}): closer to one than a tenth ") +
                "of what real rows of these classes are from each other; the median distance to the closest training row is " +
                FormattableString.Invariant($"{distance(ResampledRows.Generator):G3} ({other.Name} {distance(other.Name):G3}, held-out rows ") +
                FormattableString.Invariant($"{distance(AddedRowsComparison.HeldOut):G3})");
        }
        if (Of("added-row-class-accuracy") is { } accuracy)
        {
            yield return FormattableString.Invariant($"a classifier of held-out rows takes {accuracy(ResampledRows.Generator):P0} of the generated rows for ") +
                FormattableString.Invariant($"the class that was asked for, {accuracy(other.Name):P0} of those of {other.Name}, and ") +
                FormattableString.Invariant($"{accuracy(AddedRowsComparison.Training):P0} of the real training rows for theirs");
        }

        Func<string, double>? Of(string metric) => results.Any(r => r.Metric == metric)
            ? data => results.Single(r => r.Metric == metric && r.Data == data).Value : null;
    }
}
