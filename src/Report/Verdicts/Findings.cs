using System.Globalization;

namespace GanPipeline.Report.Verdicts;

/// <summary>
/// What came of a run: every sentence that states a result, on the page, in report.json and on the terminal, is decided here, from the files of the run
/// folder alone.
/// </summary>
/// <param name="Headline">The answer in one sentence.</param>
/// <param name="Badges">Useful? Realistic? Private?</param>
/// <param name="Methods">Methods for rare classes; null where none were compared.</param>
/// <param name="Columns">A table's columns, the furthest off first; none without a table.</param>
/// <param name="StoredRows">Rows of the training table in the generator file; null where that is not known.</param>
/// <param name="Remarks">What else was found.</param>
internal sealed record Findings(string Headline, IReadOnlyList<Badge> Badges, MethodFindings? Methods, IReadOnlyList<ColumnFinding> Columns,
    long? StoredRows, IReadOnlyList<Remark> Remarks)
{
    private const int MostWarnings = 20;

    public static Findings Of(RunData run)
    {
        var methods = MethodFindings.Of(run.Quality);
        IReadOnlyList<ColumnFinding> columns = ColumnFinding.Of(run);
        long? stored = long.TryParse(run.Note("generator", "training rows in the file"), NumberStyles.None, CultureInfo.InvariantCulture, out long rows)
            ? rows : null;
        Badge useful = Usefulness.Of(run, methods), realistic = Realism.Of(run, columns), secret = Privacy.Of(run, stored);
        Remark[] remarks =
        [
            .. stored == 0 && run.Note("data", "kind") == "table" ? [new Remark(Privacy.Stored(0), Warning: false)] : Array.Empty<Remark>(),
            .. AddedRows(run),
            .. run.NotesOf("warnings").Take(MostWarnings).Select(w => new Remark(w.Value, Warning: true)),
        ];
        return new Findings(methods?.Headline ?? WithoutMethods(run, useful, realistic), [useful, realistic, secret], methods, columns, stored, remarks);
    }

    /// <summary>The answer where no methods were compared: that there is none yet, or what generated samples look like.</summary>
    private static string WithoutMethods(RunData run, Badge useful, Badge realistic)
    {
        if (run.Quality.Count == 0)
            return $"Nothing is measured yet{(run.Note("run", "state") is { Length: > 0 } state ? $"; the run's state: {state.TrimEnd('.')}" : "")}.";
        return (realistic.Status, useful.Status) switch
        {
            (Status.Good, _) => $"Generated {run.Things} are hard to tell from real ones.",
            (Status.Bad, _) => $"Generated {run.Things} are easily told from real ones.",
            (Status.Mixed, _) => $"Generated {run.Things} are like real ones, but can be told from them.",
            (_, Status.Good) => $"Generated {run.Things} train a classifier as well as real ones.",
            (_, Status.Bad) => $"Generated {run.Things} train a classifier far worse than real ones.",
            (_, Status.Mixed) => $"Generated {run.Things} train a classifier somewhat worse than real ones.",
            _ => $"Whether generated {run.Things} are like real ones was not measured, or on too few rows to tell.",
        };
    }

    /// <summary>Whether rows that were added to rare classes are copies, beside those of the best known method without a generator and real ones.</summary>
    private static IEnumerable<Remark> AddedRows(RunData run)
    {
        const string Metric = "added-row-near-copies", HeldOut = "held out";
        if (run.Whole(Metric, MethodFindings.GeneratorKey) is not { } own || run.Whole(Metric, HeldOut) is not { } real) yield break;
        QualityRow? other = run.Quality.FirstOrDefault(q => q.Metric == Metric && q.Class.Length == 0
            && q.Data is not (MethodFindings.GeneratorKey or HeldOut or ""));
        yield return new Remark($"{Say.Percent(own.Value)} of the rows that the generator added are nearly a training row" +
            $"{(other is null ? "" : $" ('{other.Data}': {Say.Percent(other.Value)})")}; of held-out rows, {Say.Percent(real.Value)} are.",
            own.Low > real.High);
    }
}
