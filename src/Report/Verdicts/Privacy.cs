using System.Globalization;

namespace GanPipeline.Report.Verdicts;

/// <summary>Whether generated samples, or the generator file, give away what it was trained on.</summary>
internal static class Privacy
{
    private const string Key = "private", Question = "Private?";
    private const int MostSaid = 2;
    private const double BadAbove = 0.6; // of attacks that are at 0.5 where they guess
    private const double CopiesOfReal = 0.01, BadCopies = 0.05; // of samples that are suspiciously near: real ones have 1 in 100

    public static Badge Of(RunData run, long? storedRows)
    {
        List<(Status Status, string Text)> found = [.. Attacks(run), .. Copies(run), .. Memorised(run)];
        bool measured = found.Any(f => f.Status != Status.Unknown);
        if (storedRows > 0) found.Insert(0, (Status.Bad, Stored(storedRows.Value)));
        if (found.Count == 0) return new Badge(Key, Question, Status.Unknown, "Not measured.");
        Status status = found.Any(f => f.Status == Status.Bad) ? Status.Bad : !measured ? Status.Unknown
            : found.Any(f => f.Status == Status.Mixed) ? Status.Mixed : Status.Good;
        string[] said = [.. found.OrderByDescending(f => f.Status).Take(MostSaid).Select(f => f.Text)]; // the worst first
        return new Badge(Key, Question, status, string.Join(" ", said) + status switch
        {
            Status.Good => " No sign that it gives away what it was trained on, which is no proof.",
            Status.Unknown => " There are too few rows to tell.",
            _ => "",
        });
    }

    /// <summary>What a generator file holds of real rows, as a sentence.</summary>
    public static string Stored(long rows) => rows == 0 ? "The generator file holds no row of the training table."
        : string.Create(CultureInfo.InvariantCulture,
            $"The generator file holds {rows:#,0} rows of the training table, which whoever has the file can read.");

    /// <summary>Attacks that are at 0.5 where the generator knows its training rows no better than others.</summary>
    private static IEnumerable<(Status, string)> Attacks(RunData run)
    {
        if (run.Whole("membership-inference") is { } guess)
            yield return (Judged(guess, 0.5, BadAbove), $"Membership inference, which guesses who was trained on, has an AUC of {Say.Score(guess.Value)} " +
                $"({(Say.HasInterval(guess) ? $"{Say.Score(guess.Low)} to {Say.Score(guess.High)}; " : "")}guessing is 0.5).");
        if (run.Whole("closer-to-training") is { } closer)
            yield return (Judged(closer, 0.5, BadAbove), $"{Say.Percent(closer.Value)} of the generated rows are closer to a training row than to a " +
                "held-out one (50 % where nothing is memorised).");
    }

    /// <summary>Copies of training rows, where there are more than held-out rows have by chance.</summary>
    private static IEnumerable<(Status, string)> Copies(RunData run)
    {
        if (run.Whole("exact-copies") is { } copies && copies.Low > 0 && !(run.Whole("exact-copies", "held out") is { } chance && chance.High >= copies.Low))
            yield return (Status.Bad, $"{Say.Percent(copies.Value)} of the generated rows equal a training row, more than real rows do by chance.");
    }

    private static IEnumerable<(Status, string)> Memorised(RunData run)
    {
        if (run.Whole("memorised-share") is { } share)
            yield return (Judged(share, CopiesOfReal, BadCopies),
                $"{Say.Percent(share.Value)} of the {run.Things} are suspiciously near to a training one (of real ones, {Say.Percent(CopiesOfReal)}).");
    }

    private static Status Judged(QualityRow row, double mixedAbove, double badAbove) => !Say.HasInterval(row) ? Status.Unknown
        : row.Low > badAbove ? Status.Bad : row.Low > mixedAbove ? Status.Mixed : Status.Good;
}
