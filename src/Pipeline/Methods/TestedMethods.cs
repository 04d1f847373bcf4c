using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Primitives;
using GanPipeline.Report.Runs;
using GanPipeline.Report.Verdicts;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>A method that classifiers were trained with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Rows that it trained on.</param>
/// <param name="RareRows">How many of these are of the rarest class.</param>
internal sealed record TestedMethod(string Name, int Rows, int RareRows);

/// <summary>
/// What up-sampling with a generator is worth on a test part: the same classifier is trained on the data as they are, on what costs nothing, and on the
/// data up-sampled by the generator, several times each, and is scored on real rows that none has seen. What costs nothing is what the generator has to beat.
/// </summary>
internal static class TestedMethods
{
    private const int Repetitions = 5;

    /// <summary>Compares the methods and says what came out.</summary>
    /// <param name="free">What methods that cost nothing gave; the first is the data as they are.</param>
    /// <param name="generator">The generator's.</param>
    /// <param name="test">Real rows that nothing was trained on.</param>
    /// <param name="table">How the rows are encoded, where they are a table's.</param>
    /// <param name="rowName">What they are called: <c>points</c>, <c>rows</c>.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="context">Hears what comes out, and ends the work.</param>
    public static IReadOnlyList<MetricResult> Measure(IReadOnlyList<ResampledRows> free, ResampledRows generator, LabelledRows test, TableCodec? table,
        string rowName, ulong seed, StageContext context)
    {
        context.Note($"training {Repetitions} classifiers for each of {free.Count + 1} methods for rare classes ...");
        IClassifierTrainer trainer = PlainColumns.Of(BoostedTrees.Default, table);
        int trained = 0;
        int[] counts = free[0].Rows.ClassCounts();
        int rare = Array.IndexOf(counts, counts.Where(n => n > 0).Min());
        var comparison = new MethodComparison([.. free.Select(Predictions)], Predictions(generator), test.Labels, test.ClassNames)
        {
            Rare = rare,
            Seed = seed,
            RowName = rowName
        };
        context.Progress?.Report(new WorkProgress("classifiers", trained, trained));
        IReadOnlyList<MetricResult> results = MetricCatalog.MeasureAll(MetricCatalog.OfMethods, comparison, null, context.Stop);
        _ = context.Finished(Scores([.. free.Append(generator).Select(m =>
            new TestedMethod(m.Method.Name, m.Rows.Count, m.Rows.ClassCounts()[rare]))], comparison, results));
        return results;

        MethodPredictions Predictions(ResampledRows rows) =>
            new(rows.Method.Name, [.. Enumerable.Range(0, Repetitions).Select(i => Predicted(rows, i))]);

        long[] Predicted(ResampledRows rows, int repetition)
        {
            context.Progress?.Report(new WorkProgress("classifiers", trained++, Repetitions * (free.Count + 1)));
            return rows.Method.Predict(trainer, rows.Made, test.Values, SeedStream.Derive(seed, "classifier", (ulong)repetition), context.Stop);
        }
    }

    /// <summary>What was measured, as a run says it; the generator's method is the last, and its name <see cref="ResampledRows.Generator"/>.</summary>
    public static MethodScores Scores(IReadOnlyList<TestedMethod> methods, MethodComparison comparison, IReadOnlyList<MetricResult> results)
    {
        QualityRow[] rows = [.. results.Select(r =>
            new QualityRow(r.Metric, r.Data, r.Class, r.Value, r.Low ?? double.NaN, r.High ?? double.NaN, "", r.Sample) { Title = r.Metric })];
        return new MethodScores(comparison.RowName, comparison.Actual.Length, comparison.ClassNames[comparison.Rare],
            [.. methods.Select(m => new MethodScore(m.Name, m.Rows, m.RareRows, Of("classifier-recall", m.Name), Of("classifier-macro-f1", m.Name)))],
            MethodFindings.Of(rows)!.Headline);

        MetricResult Of(string metric, string? method) => results.Single(r => r.Metric == metric && (method is null || r.Data == method));
    }
}
