namespace GanPipeline.Resampling.Selection;

/// <summary>A method that was tried on all folds, and how it did.</summary>
/// <param name="Method">The method.</param>
/// <param name="Score">How it did.</param>
internal sealed record Tried(Method Method, Estimate Score);

/// <summary>How one of the methods is chosen that were tried on all inner folds.</summary>
/// <param name="Name">For the benchmark that compares rules.</param>
/// <param name="Choose">Chooses, by the first of all methods, which may not be among those tried, and those tried, in their order.</param>
internal sealed record ChoiceRule(string Name, Func<Method, IReadOnlyList<Tried>, Tried> Choose)
{
    private const double Lead = 2; // standard errors

    /// <summary>
    /// The best member of the best family, if that family is ahead of the first method by more than two standard errors; else the first. A family (all shares
    /// and settings of a method) is judged by the mean of its members: members differ by little and have the same rows, so most of what sets the best of some
    /// thirty apart is noise, which the mean has less of.
    /// </summary>
    public static ChoiceRule Families { get; } = new("families", (first, tried) =>
    {
        (Tried[] Members, Estimate Mean) best = tried.GroupBy(t => t.Method.Family).Select(family => family.ToArray())
            .Select(members => (members, Estimate.Mean([.. members.Select(m => m.Score)]))).MaxBy(family => family.Item2.Score);
        Tried? untouched = tried.FirstOrDefault(t => t.Method == first);
        return untouched is null || best.Mean.IsAhead(untouched.Score, Lead) ? BestOf(best.Members) : untouched;
    });

    /// <summary>The best mean.</summary>
    public static ChoiceRule BestMean { get; } = new("best mean", (_, tried) => BestOf(tried));

    /// <summary>The best mean if it is ahead of the first method by more than a standard error; else the first.</summary>
    public static ChoiceRule OneStandardError { get; } = new("one standard error", (first, tried) =>
    {
        Tried best = BestOf(tried);
        Tried? untouched = tried.FirstOrDefault(t => t.Method == first);
        return untouched is null || best.Score.IsAhead(untouched.Score, 1) ? best : untouched;
    });

    private static Tried BestOf(IReadOnlyList<Tried> tried) => tried.MaxBy(t => t.Score.Score)!;
}
