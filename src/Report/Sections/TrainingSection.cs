namespace GanPipeline.Report.Sections;

/// <summary>The curves of metrics.csv: how good the samples were, and the losses; the others are for experts.</summary>
internal static class TrainingSection
{
    private static readonly string[] _folded = ["gradients", "penalty", "learning-rate", "speed", "memory"];

    public static Section? Of(RunData run)
    {
        ChartBlock[] curves = [.. Curves.Of(run.Metrics, run.Note("run", "quality")).Select(c => new ChartBlock(c.Chart, c.Id))];
        Fact[] facts = [.. Facts(run)];
        if (curves.Length + facts.Length == 0) return null;
        ChartBlock[] open = [.. curves.Where(c => !_folded.Contains(c.File)).OrderBy(c => c.File == "quality" ? 0 : 1)], folded = [.. curves.Except(open)];
        List<Block> blocks = [.. facts.Length > 0 ? [new FactList(facts)] : Array.Empty<Block>(), .. open];
        if (folded.Length > 0) blocks.Add(new FoldBlock("Gradients, learning rates, speed and memory", folded));
        return new Section("training", "Training", "A point is a row of metrics.csv: the mean over the steps since the row before. " +
            "The losses of a GAN say whether the two networks are in balance, not how good the samples are.", blocks);
    }

    private static IEnumerable<Fact> Facts(RunData run)
    {
        if (run.Metrics is not { Rows.Count: > 0 } metrics) yield break;
        foreach (string column in new[] { "epoch", "step" })
            if (metrics.Find(column) is >= 0 and var place)
                yield return new Fact(Words.Of(column + "s"), Cell.Of(metrics.Number(metrics.Rows.Count - 1, place)));
    }
}
