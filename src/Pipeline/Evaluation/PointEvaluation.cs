using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Points;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>Points: by their coordinates.</summary>
internal sealed class PointEvaluation(Dataset train, Dataset test, EvaluationSettings settings) : SampleEvaluation
{
    private readonly PointReference _reference = new(Set(train), Set(test), new PointReferenceOptions
    {
        ClassNames = train.ClassNames,
        Seed = settings.Seed,
        AgainstTraining = settings.AgainstTraining,
        Centres = train.Modes is { } modes ? new ModeCentres(modes.Centres, modes.Deviation) : null,
    });

    private readonly int _columns = (int)train.Format.Size;

    public override FeatureComparison Compare(GeneratedSamples samples) => _reference.Compare(new FeatureSet(samples.Values, _columns, samples.Labels));

    public override string QuickMetric => "coverage";

    public override bool QuickLowerIsBetter => false;

    public override double Quick(GeneratedSamples samples) => _reference.Coverage(new FeatureSet(samples.Values, _columns, samples.Labels));

    protected override void Draw(string folder, GeneratedSamples samples, FeatureComparison comparison)
    {
    }

    private static FeatureSet Set(Dataset data)
    {
        using torch.Tensor floats = data.Samples.to_type(torch.ScalarType.Float32, copy: true);
        return new FeatureSet(floats.data<float>().ToArray(), (int)data.Format.Size, data.Labels?.data<long>().ToArray());
    }

    public override void Dispose() => _reference.Dispose();
}
