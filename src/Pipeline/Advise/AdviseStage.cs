using GanPipeline.Primitives;
using GanPipeline.Resampling.Selection;

namespace GanPipeline.Stages;

/// <summary>Table in, compared methods and a piece of advice out: the comparison that <see cref="BalanceStage"/> makes, without what it writes.</summary>
internal static class AdviseStage
{
    public static AdviseResult Run(AdviseOptions options, StageContext context)
    {
        OutputFiles.RefuseInput("--out", options.Out, options.Table, options.Schema);
        using OutputFiles claimed = OutputFiles.Claim(options.Force, options.Out is null ? [] : [options.Out]);
        using var search = MethodSearch.Open(options, context);
        AdviseResult result = Of(search, search.Compare(context), search.Choose(context));
        if (options.Out is { } path) AtomicFile.WriteAllText(path, FiguresCsv.Of(result.Methods));
        return result;
    }

    /// <summary>What came out.</summary>
    public static AdviseResult Of(MethodSearch search, IReadOnlyList<LearnerTrials> trials, IReadOnlyList<SelectedMethod> chosen) => new(
        [.. trials.SelectMany(t => t.Figures)], trials[0].Choice.Goal.Count, search.Scored,
        [.. trials.Zip(chosen, (t, c) => Verdict.Of(c, t, search.Goal, search.Rows.ClassNames)), search.RestsOn])
    {
        Goal = search.Goal.Name,
        RareClass = search.Rows.ClassNames[search.Rare],
    };
}
