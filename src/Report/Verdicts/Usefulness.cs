namespace GanPipeline.Report.Verdicts;

/// <summary>Whether a classifier gains by the generated samples.</summary>
internal static class Usefulness
{
    private const string Key = "useful", Question = "Useful?";

    /// <summary>Of its score on real samples, what a classifier that was trained on generated ones must reach not to be bad.</summary>
    private const double BadBelow = 0.9;

    /// <summary>Metrics of classifiers that were trained on generated samples, and what real ones give beside them.</summary>
    private static readonly (string Generated, string Real, string Name)[] _trained =
    [
        ("train-on-synthetic", "train-on-synthetic", "macro-F1"), ("classification-accuracy-score", "classifier-accuracy", "an accuracy of"),
    ];

    public static Badge Of(RunData run, MethodFindings? methods) => methods is not null ? Of(methods) : _trained.Select(t => Of(run, t)).OfType<Badge>()
        .FirstOrDefault() ?? new Badge(Key, Question, Status.Unknown, "Not measured: there are no classes to predict.");

    private static Badge Of(MethodFindings methods)
    {
        QualityRow gain = methods.Gain, score = methods.Generator.MacroF1, best = methods.BestFree.MacroF1;
        if (methods.TooFew is { } few) return new Badge(Key, Question, Status.Unknown, $"Whether a classifier gains by up-sampling with it: {few}.");
        Status status = gain.Low > 0 ? Status.Good : gain.High <= 0 ? Status.Bad : Status.Mixed;
        string found = methods.Generator.Recall is { } own && methods.BestFree.Recall is { } other
            ? $"; they find {Say.Percent(own.Value)} of '{methods.Class}', against {Say.Percent(other.Value)}" : "";
        return new Badge(Key, Question, status, $"Classifiers reach a macro-F1 of {Say.Score(score.Value)} by up-sampling with it, {Say.Score(best.Value)} " +
            $"by '{best.Data}', which is free: a difference of {Say.Signed(gain.Value)} (95 % interval {Say.Signed(gain.Low)} to " +
            $"{Say.Signed(gain.High)}){found}.");
    }

    /// <summary>Where nothing was up-sampled: what a classifier reaches that never saw a real sample.</summary>
    private static Badge? Of(RunData run, (string Generated, string Real, string Name) metric)
    {
        if (run.Whole(metric.Generated) is not { } generated || run.Whole(metric.Real, "real") is not { } real) return null;
        string sentence = $"Trained on generated {run.Things} alone, a classifier reaches {metric.Name} {Say.Score(generated.Value)}" +
            $"{Say.Between(generated)} on real ones; on real ones alone, {Say.Score(real.Value)}{Say.Between(real)}.";
        if (!Say.HasInterval(generated) || !Say.HasInterval(real))
            return new Badge(Key, Question, Status.Unknown, $"{sentence} There are too few rows to tell.");
        Status status = generated.High >= real.Value ? Status.Good : generated.High < BadBelow * real.Value ? Status.Bad : Status.Mixed;
        return new Badge(Key, Question, status, sentence);
    }
}
