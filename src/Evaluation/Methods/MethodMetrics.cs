namespace GanPipeline.Evaluation.Methods;

/// <summary>
/// How classifiers do on real rows that neither the generator nor they have seen, by the method for rare classes whose rows they were trained on; means of
/// several classifiers.
/// </summary>
internal static class MethodMetrics
{
    public static IReadOnlyList<MetricDescriptor<MethodComparison>> All { get; } =
    [
        new("classifier-macro-f1", "Macro F1 of a classifier", "0 to 1", Better.Higher,
            "Opitz and Burst 2019, Macro F1 and macro F1, section 2 (mean of the classes' F1)",
            Breakdown.Data, [], (c, _) => c.Scores(scores => scores.MacroF1, c.TooFew)),
        // It is bought with false alarms, which the macro F1 counts and this does not.
        new("classifier-recall", "Share of the rarest class that a classifier finds", "0 to 1", Better.Higher,
            "He and Garcia 2009, Learning from imbalanced data, section 4.1 (recall)",
            Breakdown.Data, [], (c, _) => c.Scores(scores => scores.Recall[c.Rare], c.RareTooFew).Select(m => m with { Class = c.ClassNames[c.Rare] })),
        // Over the best method that costs nothing, on the same rows. Where the interval reaches below 0, chance may explain it.
        new("classifier-gain", "Gain of the generator over the best free method (macro F1)", "-1 to 1", Better.Higher,
            "Efron and Tibshirani 1993, An introduction to the bootstrap, section 13.3 (percentile interval, here of paired differences)",
            Breakdown.None, [], (c, _) => [c.Drawn(places => c.Mean(c.Generator, places, s => s.MacroF1) - c.Mean(c.BestFree, places, s => s.MacroF1),
                $"over '{c.BestFree.Name}', {c.Sample}", c.TooFew)]),
    ];
}
