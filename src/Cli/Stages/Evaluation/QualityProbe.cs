using GanPipeline.Primitives;
using GanPipeline.Training.Runs;

namespace GanPipeline.Cli.Stages;

/// <summary>Measures a generator between epochs: the same few thousand latents each time, against real samples that were looked at once.</summary>
internal sealed class QualityProbe(SampleEvaluation evaluation, ulong seed) : IQualityProbe
{
    private const int Samples = 2000;

    public string Metric => $"{evaluation.QuickMetric}, {Samples} samples";

    public bool LowerIsBetter => evaluation.QuickLowerIsBetter;

    public double Measure(Func<int, ulong, (float[] Samples, long[] Labels)> draw)
    {
        (float[] samples, long[] labels) = draw(Samples, SeedStream.Derive(seed, "quality"));
        return evaluation.Quick(new GeneratedSamples(samples, labels.Length == 0 ? null : labels));
    }
}
