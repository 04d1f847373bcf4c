using System.Diagnostics;

namespace GanPipeline.Training;

/// <summary>How long training takes, before it is begun.</summary>
internal static class TrainingTime
{
    private const int WarmUp = 3, Most = 50, Least = 3;
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(1);

    /// <summary>Times a few steps, behind some that pay for what is made but once, and counts on from them.</summary>
    /// <param name="trainer">A trainer that has taken no step, and is not used afterwards: its weights are no longer what the seed makes of them.</param>
    /// <param name="stop">Ends it between two steps.</param>
    public static TimeSpan Estimate(Trainer trainer, CancellationToken stop)
    {
        long total = trainer.TotalSteps;
        var clock = Stopwatch.StartNew();
        int timed = 0;
        for (int step = 0; step < Math.Min(WarmUp + Most, total) && (timed < Least || clock.Elapsed < s_enough); step++)
        {
            stop.ThrowIfCancellationRequested();
            trainer.TakeStep();
            if (step + 1 == WarmUp) clock.Restart();
            if (step >= WarmUp) timed++;
        }
        return clock.Elapsed * ((double)total / Math.Max(1, timed));
    }
}
