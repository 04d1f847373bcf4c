using GanPipeline.Evaluation.Metrics;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;

namespace GanPipeline.Cli.Stages;

/// <summary>What up-sampling is measured with: everything in memory, real data in their own units.</summary>
/// <param name="Train">The data that the generator was trained on.</param>
/// <param name="Test">Data that training never saw.</param>
/// <param name="Format">What a sample is.</param>
/// <param name="Evaluation">The real side of an evaluation of samples.</param>
/// <param name="Generator">The exported generator.</param>
/// <param name="GeneratorFile">Its file.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Picture">Where a picture of before and after up-sampling goes.</param>
internal sealed record QualityContext(LabelledRows Train, LabelledRows Test, SampleFormat Format, SampleEvaluation Evaluation, GeneratorSession Generator, string GeneratorFile, ulong Seed, string Picture);

/// <summary>Measures what up-sampling with a generator is worth, for samples of one kind; one file a kind.</summary>
internal abstract class QualityReport
{
    private static readonly QualityReport[] Known = [new ImageQuality(), new PointsQuality()];

    /// <summary>The sample kind that it can judge.</summary>
    protected abstract string Kind { get; }

    /// <summary>libtorch's threads while measuring; 0 for one a core.</summary>
    public abstract int Threads { get; }

    /// <summary>Measures, and says on the screen what it found.</summary>
    public abstract IReadOnlyList<MetricResult> Measure(QualityContext context, CancellationToken stop);

    public static QualityReport For(SampleFormat format) => Known.FirstOrDefault(q => q.Kind == format.Kind)
        ?? throw new UserErrorException($"samples of kind '{format.Kind}' cannot be judged yet; use gan train, export and generate.");
}
