using System.Diagnostics;
using GanPipeline.Primitives;
using GanPipeline.Training.Runs;

namespace GanPipeline.Cli.Stages;

/// <summary>Measures a generator between epochs: the same few thousand latents each time, against real samples that were looked at once.</summary>
internal sealed class QualityProbe(SampleEvaluation evaluation, ulong seed) : IQualityProbe
{
    private const int Samples = 2000;

    private readonly Stopwatch _clock = new();

    public string Metric => $"{evaluation.QuickMetric}, {Samples} samples";

    public bool LowerIsBetter => evaluation.QuickLowerIsBetter;

    /// <summary>What it has taken so far.</summary>
    public TimeSpan Time => _clock.Elapsed;

    public double Measure(Func<int, ulong, (float[] Samples, long[] Labels)> draw)
    {
        _clock.Start();
        (float[] samples, long[] labels) = draw(Samples, SeedStream.Derive(seed, "quality"));
        double quality = evaluation.Quick(new GeneratedSamples(samples, labels.Length == 0 ? null : labels));
        _clock.Stop();
        return quality;
    }
}
