using GanPipeline.Evaluation.Metrics;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using GanPipeline.Training.Runs;

namespace GanPipeline.Stages;

/// <summary>What the generator of a run is evaluated with: everything in memory, real data in their own units.</summary>
/// <param name="Train">The data that the generator was trained on.</param>
/// <param name="Test">Data that training never saw.</param>
/// <param name="Generator">The exported generator.</param>
/// <param name="Folder">Where pictures and lists go; its generator file is <paramref name="Generator"/>'s.</param>
/// <param name="Seed">Seed of the run.</param>
internal sealed record QualityContext(Dataset Train, Dataset Test, GeneratorSession Generator, RunFolder Folder, ulong Seed)
{
    /// <summary>Whether there are classes that can be asked for, without which nothing can be up-sampled.</summary>
    public bool CanUpsample => Train.Labels is not null && Generator.IsConditional;
}

/// <summary>Evaluates the generator of a run: its samples, and what up-sampling with it is worth; one file a kind of sample.</summary>
internal abstract class QualityReport
{
    private static readonly QualityReport[] Known = [new ImageQuality(), new PointsQuality(), new TableQuality()];

    /// <summary>The sample kind that it can evaluate.</summary>
    protected abstract string Kind { get; }

    /// <summary>libtorch's threads while measuring; 0 for one a core.</summary>
    public abstract int Threads { get; }

    /// <summary>The file of the run folder that gets a few samples to look at.</summary>
    public abstract string Examples { get; }

    /// <summary>Refuses data that are too large to be evaluated, before anything is trained on them.</summary>
    /// <exception cref="UserErrorException">They are.</exception>
    public abstract void Check(Dataset train, Dataset test);

    /// <summary>Measures, and reports what it found on the way.</summary>
    public abstract IReadOnlyList<MetricResult> Measure(QualityContext context, StageContext stage);

    public static QualityReport For(SampleFormat format) => Known.FirstOrDefault(q => q.Kind == format.Kind)
        ?? throw new UserErrorException($"samples of kind '{format.Kind}' cannot be evaluated yet; use gan train, export and generate.");
}
