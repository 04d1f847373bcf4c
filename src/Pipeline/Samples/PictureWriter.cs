using GanPipeline.Images;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using SkiaSharp;

namespace GanPipeline.Stages;

/// <summary>Images as a grid, points in the plane as a scatter.</summary>
internal sealed class PictureWriter(string path, GeneratorInfo info) : ISampleWriter
{
    private const int MostSamples = 10_000, Columns = 10;

    public void Check(ClassPlan plan, Shard shard, bool resume, bool force)
    {
        if (plan.Count > MostSamples)
            throw UserErrorException.Usage($"--out {path}: a picture takes at most {MostSamples} samples; use .csv, .npy or a folder for {plan.Count}.");
        ArrayLimit.Check(plan.Count * (Int128)info.SampleSize, $"--out {path}: {plan.Count} samples of {info.SampleSize} numbers",
            "use .csv, .npy or a folder, or generate fewer (--count)");
        if (!shard.IsWhole)
        {
            throw UserErrorException.Usage($"--out {path}: one picture cannot be made in parts; " +
                "leave --shard out (or --shard 0/1), or use .csv, .npy or a folder.");
        }
    }

    public IReadOnlyList<string> Files(Shard shard) => [path];

    public void Prepare() { }

    public void Write(SampleJob job)
    {
        var samples = new List<float>();
        var labels = new List<int>();
        foreach (SampleBatch batch in job.Batches())
        {
            samples.AddRange(batch.Samples.Span);
            foreach (long label in batch.Labels.Span) labels.Add((int)label);
        }
        using SKBitmap picture = Draw(samples.ToArray(), labels.Count > 0 ? labels.ToArray() : new int[job.Count], Columns);
        Save(job, picture);
    }

    private SKBitmap Draw(float[] samples, int[] labels, int columns) => info.SampleShape switch
    {
        [var channels and (1 or 3), var height, var width] =>
        ImageGrid.Compose(Array.ConvertAll(samples, SampleWriters.Pixel), channels, height, width, columns),
        [2] => ScatterPlot.Draw([new ScatterPanel(samples, labels)]),
        var shape => throw UserErrorException.Usage($"--out {path}: samples of [{string.Join(", ", shape)}] cannot be drawn; use .csv or .npy."),
    };

    /// <summary>Walks through the latent space: each row goes from one sample to another of the same class in equal steps.</summary>
    public void WriteWalks(SampleJob job, int steps)
    {
        int walks = (int)job.Count, latent = info.LatentSize;
        float[] ends = new float[2 * walks * latent], noise = new float[walks * steps * latent], samples = new float[walks * steps * info.SampleSize];
        GaussianNoise.Fill(job.Seed, 0, latent, ends);
        int[] walkOf = [.. Enumerable.Range(0, walks * steps).Select(i => i / steps)];
        for (int i = 0; i < walkOf.Length; i++)
        {
            ReadOnlySpan<float> from = ends.AsSpan(2 * walkOf[i] * latent, latent), to = ends.AsSpan((2 * walkOf[i] + 1) * latent, latent);
            LatentWalk.At((float)(i % steps) / (steps - 1), from, to, noise.AsSpan(i * latent, latent));
        }
        job.Session.GenerateFromNoise(noise, job.Plan.LabelOf is { } of ? [.. walkOf.Select(walk => of((ulong)walk))] : [], samples);
        using SKBitmap picture = Draw(samples, walkOf, steps);
        Save(job, picture);
    }

    private void Save(SampleJob job, SKBitmap picture)
    {
        if (job.Resume && !job.Force && File.Exists(path)) ComparedStream.Compare(path, stream => PngFile.Write(stream, picture));
        else PngFile.Write(path, picture);
    }
}
