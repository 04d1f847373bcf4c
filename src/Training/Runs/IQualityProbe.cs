namespace GanPipeline.Training.Runs;

/// <summary>
/// Measures during training how good the samples are; its figure, not a loss, chooses the best checkpoint and ends a run that gets no better. The same samples
/// must give the same figure, so that a resumed run decides as one that was never stopped.
/// </summary>
internal interface IQualityProbe
{
    /// <summary>What is measured, for people.</summary>
    string Metric { get; }

    /// <summary>Whether less is better, as with distances.</summary>
    bool LowerIsBetter { get; }

    /// <summary>The figure for the generator as it is now.</summary>
    /// <param name="draw">
    /// Makes so many samples from a seed, the same as <c>gan generate</c> would: [count · size] values in the data's own units, and their class indices, which
    /// take turns (empty for an unconditional generator).
    /// </param>
    double Measure(Func<int, ulong, (float[] Samples, long[] Labels)> draw);
}
