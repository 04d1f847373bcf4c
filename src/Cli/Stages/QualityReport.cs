using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;

namespace GanPipeline.Cli.Stages;

/// <summary>One number of the report.</summary>
/// <param name="Metric">What it is.</param>
/// <param name="Value">The number.</param>
/// <param name="Sample">What it was measured on, with counts.</param>
internal sealed record QualityRow(string Metric, double Value, string Sample);

/// <summary>What the quality of samples is measured with: everything in memory, real data in their own units.</summary>
/// <param name="Train">The data that the generator was trained on.</param>
/// <param name="Test">Data that training never saw.</param>
/// <param name="Format">What a sample is.</param>
/// <param name="Generator">The exported generator.</param>
/// <param name="GeneratorFile">Its file.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Picture">Where a picture of before and after up-sampling goes.</param>
internal sealed record QualityContext(LabelledRows Train, LabelledRows Test, SampleFormat Format, GeneratorSession Generator, string GeneratorFile, ulong Seed, string Picture);

/// <summary>Measures samples of one kind; one file a kind.</summary>
internal abstract class QualityReport
{
    private static readonly QualityReport[] Known = [new ImageQuality(), new PointsQuality()];

    /// <summary>The sample kind that it can judge.</summary>
    protected abstract string Kind { get; }

    /// <summary>libtorch's threads while measuring; 0 for one a core.</summary>
    public abstract int Threads { get; }

    /// <summary>Measures, and says on the screen what it found.</summary>
    public abstract IReadOnlyList<QualityRow> Measure(QualityContext context, CancellationToken stop);

    public static QualityReport For(SampleFormat format) => Known.FirstOrDefault(q => q.Kind == format.Kind)
        ?? throw new UserErrorException($"samples of kind '{format.Kind}' cannot be judged yet; use gan train, export and generate.");

    public static void Write(string path, IEnumerable<QualityRow> rows) => AtomicFile.Write(path, stream =>
    {
        using var csv = new CsvWriter(new StreamWriter(stream, leaveOpen: true), new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        csv.WriteRecords(rows);
    });

    /// <summary>Samples whose classes take turns.</summary>
    protected static (float[] Samples, long[] Labels) Generate(GeneratorSession generator, int count, ulong seed)
    {
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) labels[i] = i % Math.Max(1, generator.Info.ClassNames.Count);
        float[] samples = new float[count * generator.Info.SampleSize];
        generator.Generate(seed, 0, generator.IsConditional ? labels : [], samples);
        return (samples, labels);
    }
}
