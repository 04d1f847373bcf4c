using System.Globalization;
using System.Text.RegularExpressions;
using GanPipeline.Images;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using SkiaSharp;

namespace GanPipeline.Stages;

/// <summary>A folder with a picture a sample, named by its index and its class index; the parts of several machines may go to one folder.</summary>
internal sealed partial class PngFolderWriter(string path, GeneratorInfo info) : ISampleWriter
{
    public void Check(ClassPlan plan, Shard shard, bool resume, bool force)
    {
        if (info.SampleShape is not [1 or 3, _, _])
            throw UserErrorException.Usage($"--format png: samples of [{string.Join(", ", info.SampleShape)}] are no pictures; use .csv or .npy.");
        if (File.Exists(path)) throw UserErrorException.Usage($"--out {path}: it is a file, and pictures go into a folder; name a folder.");
        if (!Directory.Exists(path)) return;
        string? foreign = Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry))
            .FirstOrDefault(name => !Picture().IsMatch(name) && !AtomicFile.IsUnfinishedName(name));
        if (foreign is not null)
            throw UserErrorException.Usage($"--out {path}: the folder holds '{foreign}', which is none of its pictures; choose a new or empty folder.");
        if (!resume && !force && Pictures(shard, plan).Any())
            throw UserErrorException.Usage($"--out {path}: pictures are there already; choose another folder, give --resume to go on with an interrupted " +
                "run, or --force to replace them.");
    }

    public IReadOnlyList<string> Files(Shard shard) => [];

    public void Prepare() => Directory.CreateDirectory(path);

    public void Write(SampleJob job)
    {
        Prepare();
        OwnedFolder.RemoveLeftovers(path);
        using var output = ResumableOutput.Open(Path.Combine(path, job.Shard.Name("pictures")), job.Key, job.Resume);
        if (!job.Resume || job.Force && !output.IsResumed) foreach (string old in Pictures(job.Shard, job.Plan).ToArray()) File.Delete(old);
        ulong first = job.Shard.First(job.Plan.Count), done = 0;
        // Without the key of an interrupted run, pictures that are there are of one that finished, or of other samples.
        bool compares = job.Resume && !output.IsResumed && Pictures(job.Shard, job.Plan).Any();
        if (compares && Pictures(job.Shard, job.Plan).FirstOrDefault(file => !IsOf(job, file)) is { } other) throw IsOther(other);
        if (compares)
        {
            foreach ((string file, byte[] pixels) in Pixels(job, 0).Where(one => File.Exists(one.File)))
                ComparedStream.Compare(file, stream => Write(stream, pixels));
        }
        output.Begin();
        while (done < job.Count && File.Exists(Name(first + done, job.Plan))) done++;
        foreach ((string file, byte[] pixels) in Pixels(job, done).Where(one => !compares || !File.Exists(one.File)))
            AtomicFile.Write(file, stream => Write(stream, pixels));
        output.Complete();
    }

    private IEnumerable<(string File, byte[] Pixels)> Pixels(SampleJob job, ulong done)
    {
        foreach (SampleBatch batch in job.Batches(done))
            for (int row = 0; row * info.SampleSize < batch.Samples.Length; row++)
                yield return (Name(batch.FirstSample + (ulong)row, job.Plan),
                    Array.ConvertAll(batch.Samples.Span.Slice(row * info.SampleSize, info.SampleSize).ToArray(), SampleWriters.Pixel));
    }

    private void Write(Stream stream, byte[] pixels)
    {
        using SKBitmap picture = ImageGrid.Compose(pixels, info.SampleShape[0], info.SampleShape[1], info.SampleShape[2], columns: 1, padding: 0);
        PngFile.Write(stream, picture);
    }

    /// <summary>The pictures that are there of this part; of the whole, all.</summary>
    private IEnumerable<string> Pictures(Shard shard, ClassPlan plan) => !Directory.Exists(path) ? [] : Directory.EnumerateFiles(path)
        .Where(file => Picture().Match(Path.GetFileName(file)) is { Success: true } name
            && (shard.IsWhole || Index(name) is var index && index >= shard.First(plan.Count) && index < shard.End(plan.Count)));

    private bool IsOf(SampleJob job, string file)
    {
        ulong index = Index(Picture().Match(Path.GetFileName(file)));
        return index < job.Plan.Count && Path.GetFileName(Name(index, job.Plan)) == Path.GetFileName(file);
    }

    private static ulong Index(Match name) => ulong.Parse(name.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    private static UserErrorException IsOther(string file) =>
        new($"{file}: it is there already, and it is none of the pictures that these options make; choose another folder, or give --force to replace them.");

    /// <summary>Class names come from the generator file, so they are kept out of file names.</summary>
    private string Name(ulong sample, ClassPlan plan) =>
        Path.Combine(path, sample.ToString("D9", CultureInfo.InvariantCulture) + (plan.LabelOf is { } of ? $"-class{of(sample)}" : "") + ".png");

    [GeneratedRegex(@"^([0-9]{9,19})(-class[0-9]+)?\.png\z")]
    private static partial Regex Picture();
}
