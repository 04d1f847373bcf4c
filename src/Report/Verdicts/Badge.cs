namespace GanPipeline.Report.Verdicts;

/// <summary>How an answer turned out.</summary>
internal enum Status
{
    /// <summary>It was not measured, or on too few rows to tell.</summary>
    Unknown,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Neither shown to be good nor shown to be bad.</summary>
    Mixed,

    /// <summary>Not as it should be.</summary>
    Bad,
}

/// <summary>A question that everybody asks of generated data, answered.</summary>
/// <param name="Key">Its name in files: <c>useful</c>, <c>realistic</c>, <c>private</c>.</param>
/// <param name="Question">For people: "Useful?".</param>
/// <param name="Status">The answer; docs/report.md has the rules.</param>
/// <param name="Sentence">The answer with the numbers that it rests on.</param>
internal sealed record Badge(string Key, string Question, Status Status, string Sentence);

/// <summary>A sentence that states something else that was found.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Warning">Whether something is wrong.</param>
internal sealed record Remark(string Text, bool Warning);
