using System.Globalization;
using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Stages;

/// <summary>A folder with a picture a sample, named by its index and its class index; the parts of several machines may go to one folder.</summary>
internal sealed class PngFolderWriter(string path, GeneratorInfo info) : ISampleWriter
{
    public void Check(ClassPlan plan, Shard shard, bool resume)
    {
        if (info.SampleShape is not [1 or 3, _, _])
            throw UserErrorException.Usage($"--format png: samples of [{string.Join(", ", info.SampleShape)}] are no pictures; use .csv or .npy.");
        if (!resume && shard.IsWhole && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw UserErrorException.Usage($"--out {path}: the folder is not empty; choose another, or give --resume.");
    }

    public void Write(SampleJob job)
    {
        Directory.CreateDirectory(path);
        ulong first = job.Shard.First(job.Plan.Count), done = 0;
        while (job.Resume && done < job.Count && File.Exists(Name(first + done, job.Plan))) done++;
        foreach (SampleBatch batch in job.Batches(done))
        {
            for (int row = 0; row * info.SampleSize < batch.Samples.Length; row++)
            {
                byte[] pixels = Array.ConvertAll(batch.Samples.Span.Slice(row * info.SampleSize, info.SampleSize).ToArray(), SampleWriters.Pixel);
                PngFile.Write(Name(batch.FirstSample + (ulong)row, job.Plan),
                    ImageGrid.Compose(pixels, info.SampleShape[0], info.SampleShape[1], info.SampleShape[2], columns: 1, padding: 0));
            }
        }
    }

    /// <summary>Class names come from the generator file, so they are kept out of file names.</summary>
    private string Name(ulong sample, ClassPlan plan) =>
        Path.Combine(path, sample.ToString("D9", CultureInfo.InvariantCulture) + (plan.LabelOf is { } of ? $"-class{of(sample)}" : "") + ".png");
}
