namespace GanPipeline.Report.Verdicts;

/// <summary>Whether generated samples can be told from real ones.</summary>
internal static class Realism
{
    private const string Key = "realistic", Question = "Realistic?";

    /// <summary>How often a classifier tells generated from real samples, of which half are each.</summary>
    private const double GoodUpTo = 0.6, BadAbove = 0.9, WidestInterval = 0.25;

    private static readonly string[] _tests = ["table-two-sample-test", "two-sample-test"];

    public static Badge Of(RunData run, IReadOnlyList<ColumnFinding> worst)
    {
        if (_tests.Select(test => run.Whole(test)).OfType<QualityRow>().FirstOrDefault() is not { } test)
            return new Badge(Key, Question, Status.Unknown, "Not measured.");
        string chance = run.Whole(test.Metric, "real") is { } real ? $"real from other real ones {Say.Percent(real.Value)}" : "guessing is 50 %";
        string sentence = $"A classifier tells generated from real {run.Things} {Say.Percent(test.Value)} of the time " +
            $"({(Say.HasInterval(test) ? $"{Say.Percent(test.Low)} to {Say.Percent(test.High)}; " : "")}{chance}).";
        if (!Say.HasInterval(test) || test.High - test.Low > WidestInterval)
            return new Badge(Key, Question, Status.Unknown, $"{sentence} There are too few rows to tell.");
        Status status = test.High <= GoodUpTo ? Status.Good : test.Low > BadAbove ? Status.Bad : Status.Mixed;
        if (AddedRows(run) is { } added)
        {
            if (status == Status.Good) status = Status.Mixed;
            sentence += " " + added;
        }
        if (worst.Count > 0) sentence += $" Furthest off is the column '{worst[0].Column}'.";
        return new Badge(Key, Question, status, sentence);
    }

    /// <summary>That the rows of rare classes are not of their class, where a classifier of held-out rows says so by more than chance.</summary>
    private static string? AddedRows(RunData run) =>
        run.Whole("added-row-class-accuracy", MethodFindings.GeneratorKey) is { } added && run.Whole("added-row-class-accuracy", "training") is { } real
            && added.High < real.Low
            ? $"It takes {Say.Percent(added.Value)} of the rows added to rare classes for their class, and {Say.Percent(real.Value)} of real ones."
            : null;
}
