namespace GanPipeline.Report.Verdicts;

/// <summary>What a method for rare classes is worth to a classifier.</summary>
/// <param name="Method">The method, as files call it.</param>
/// <param name="Recall">Recall of the rarest class; null where it is not known.</param>
/// <param name="MacroF1">Macro-F1.</param>
/// <param name="Free">Whether it costs nothing: every method but the generator.</param>
/// <param name="Chosen">Whether it is the one to use.</param>
internal sealed record MethodFinding(string Method, QualityRow? Recall, QualityRow MacroF1, bool Free, bool Chosen);

/// <summary>The methods that classifiers were trained with, and which of them to use. The generator has to beat what costs nothing.</summary>
/// <param name="Class">The rarest class, whose recall is given.</param>
/// <param name="Methods">The methods in the order of the file, the data as they are first.</param>
/// <param name="Gain">Macro-F1 of the generator less that of the best free method, on the same rows.</param>
internal sealed record MethodFindings(string Class, IReadOnlyList<MethodFinding> Methods, QualityRow Gain)
{
    /// <summary>How files call the generator among the methods.</summary>
    public const string GeneratorKey = "generator";

    private const string MacroF1Metric = "classifier-macro-f1", RecallMetric = "classifier-recall", GainMetric = "classifier-gain";

    /// <summary>The metrics that this is made of.</summary>
    public static IReadOnlyList<string> Metrics { get; } = [MacroF1Metric, RecallMetric, GainMetric];

    /// <summary>The free method with the best macro-F1.</summary>
    public MethodFinding BestFree => Methods.Where(m => m.Free).MaxBy(m => m.MacroF1.Value)!;

    /// <summary>The generator.</summary>
    public MethodFinding Generator => Methods.First(m => !m.Free);

    /// <summary>Whether the generator was shown to be better than what costs nothing.</summary>
    public bool Helped => Gain.Low > 0;

    /// <summary>Why nothing can be concluded; null where something can.</summary>
    public string? TooFew => Say.TooFew(Gain) ?? (Say.HasInterval(Gain) ? null : "too few rows to tell");

    /// <summary>What to use, and why, in one sentence.</summary>
    public string Headline
    {
        get
        {
            string free = BestFree.Method, against = $"macro-F1 {Say.Score(Generator.MacroF1.Value)} against {Say.Score(BestFree.MacroF1.Value)}";
            return TooFew is { } few ? $"Use '{free}', which costs nothing: {few} whether the generator helps ({against})."
                : Helped ? $"Use the generator: it helped ({against} of '{free}', the best method that costs nothing)."
                : Gain.Value > 0 ? $"Use '{free}', which costs nothing: the generator is ahead ({against}), but chance may explain it."
                : $"Use '{free}', which costs nothing: the generator did not help ({against}).";
        }
    }

    /// <summary>What quality.csv says of methods; null where none were compared.</summary>
    public static MethodFindings? Of(IReadOnlyList<QualityRow> quality)
    {
        QualityRow[] scores = [.. quality.Where(q => q.Metric == MacroF1Metric && double.IsFinite(q.Value))],
            recalls = [.. quality.Where(q => q.Metric == RecallMetric && double.IsFinite(q.Value))];
        QualityRow? gain = quality.FirstOrDefault(q => q.Metric == GainMetric && double.IsFinite(q.Value));
        if (gain is null || !scores.Any(s => s.Data == GeneratorKey) || scores.All(s => s.Data == GeneratorKey)) return null;
        var found = new MethodFindings(recalls.FirstOrDefault()?.Class ?? "",
            [.. scores.Select(s => new MethodFinding(s.Data, recalls.FirstOrDefault(r => r.Data == s.Data), s, s.Data != GeneratorKey, Chosen: false))], gain);
        string chosen = found.Helped && found.TooFew is null ? GeneratorKey : found.BestFree.Method;
        return found with { Methods = [.. found.Methods.Select(m => m with { Chosen = m.Method == chosen })] };
    }
}
