using GanPipeline.Primitives;
using GanPipeline.Training.Runs;

namespace GanPipeline.Stages;

/// <summary>Measures a generator between epochs: the same few thousand latents each time, against real samples that were looked at once.</summary>
internal sealed class QualityProbe(SampleEvaluation evaluation, ulong seed) : IQualityProbe
{
    /// <summary>Samples that a measurement draws.</summary>
    public const int Samples = 2000;


    public string Metric => $"{evaluation.QuickMetric}, {Samples} samples";

    public bool LowerIsBetter => evaluation.QuickLowerIsBetter;

    /// <summary>What preparing took: real samples are looked at, for which a classifier may have been trained.</summary>
    public TimeSpan Preparing { get; init; }

    /// <summary>Processor time of all measurements so far; on a busy machine, it says more than the clock.</summary>
    public TimeSpan ProcessorTime { get; private set; }

    public double Measure(Func<int, ulong, (float[] Samples, long[] Labels)> draw)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        (float[] samples, long[] labels) = draw(Samples, SeedStream.Derive(seed, "quality"));
        double quality = evaluation.Quick(new GeneratedSamples(samples, labels.Length == 0 ? null : labels));
        ProcessorTime += Environment.CpuUsage.TotalTime - before;
        return quality;
    }
}
