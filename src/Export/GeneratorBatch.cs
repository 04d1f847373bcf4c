using GanPipeline.Primitives;
using GanPipeline.Training;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Export;

/// <summary>What a generator and its file are both given to be compared: noise that the training never saw, and the classes in turn.</summary>
/// <param name="Count">Samples.</param>
/// <param name="Noise">[count, latent size].</param>
/// <param name="Labels">[count] class indices; null without classes.</param>
internal sealed record GeneratorBatch(int Count, float[] Noise, long[]? Labels)
{
    /// <summary>The batch of that size of a run's seed.</summary>
    public static GeneratorBatch Of(Generator generator, ulong seed, int count)
    {
        var noise = new float[count * generator.LatentSize];
        GaussianNoise.Fill(SeedStream.Derive(seed, "export verification", (ulong)count), 0, generator.LatentSize, noise);
        return new GeneratorBatch(count, noise,
            generator.Label is null ? null : [.. Enumerable.Range(0, count).Select(i => (long)(i % generator.ClassNames.Count))]);
    }

    /// <summary>As a file's inputs.</summary>
    public IEnumerable<(string Name, Array Numbers)> Inputs(PortNames names)
    {
        yield return (names.Noise, Noise);
        if (Labels is not null)
        {
            yield return (names.Label, Labels);
        }
    }

    /// <summary>What the network gives, on its own scale; nothing of nothing, which not every layer of libtorch takes.</summary>
    public float[] Samples(Generator generator, double latentScale) => Count == 0 ? [] : ParityVerification.InEvaluation(generator, () =>
    {
        var device = generator.parameters().First().device;
        var latents = tensor(Noise, [Count, generator.LatentSize], device: device).Times(latentScale);
        var labels = Labels is null ? null : tensor(Labels, device: device);
        return Enumerable.Range(0, Count).Chunk(AtOnce(generator)).SelectMany(rows => Part(rows[0], rows.Length)).ToArray();

        float[] Part(int first, int count)
        {
            using var scope = NewDisposeScope();
            return generator.call(latents.narrow(0, first, count), labels?.narrow(0, first, count)).cpu().contiguous().data<float>().ToArray();
        }
    });

    /// <summary>
    /// Rows of a table that are computed at once: what a row starts from and what becomes of it are in memory several times, gigabytes for a thousand rows that
    /// are thousands of numbers wide.
    /// </summary>
    private int AtOnce(Generator generator) => generator.Format.Table is { } table ? Math.Clamp((1 << 17) / Math.Max(table.Width, 1), 1, Count) : Count;
}
