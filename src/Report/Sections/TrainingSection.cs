namespace GanPipeline.Report.Sections;

/// <summary>The curves of metrics.csv.</summary>
internal static class TrainingSection
{
    public static Section? Of(RunData run)
    {
        Block[] blocks = [.. Curves.Of(run.Metrics, run.Note("run", "quality")).Select(c => new ChartBlock(c.Chart, c.Id))];
        return blocks.Length == 0 ? null
            : new Section("training", "Training",
            "A point is a row of metrics.csv: the mean over the steps since the row before. " +
                "The losses of a GAN say whether the two networks are in balance, not how good the samples are.", blocks);
    }
}
