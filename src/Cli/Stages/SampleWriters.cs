using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Stages;

/// <summary>Writes generated samples in one format; what it writes appears whole or not at all.</summary>
internal interface ISampleWriter
{
    void Write(int count, IEnumerable<SampleBatch> batches);
}

/// <summary>Chooses the format by the name to write to.</summary>
internal static class SampleWriters
{
    public static ISampleWriter For(string path, GeneratorInfo info) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => new CsvSampleWriter(path, info),
        ".png" => new PictureWriter(path, info),
        "" when info.SampleShape is [1, _, _] => new IdxSampleWriter(path, info),
        "" => throw new UserErrorException($"--out {path}: a folder takes grey images as IDX files, and this generator makes [{string.Join(", ", info.SampleShape)}]; name a .csv or .png file."),
        var other => throw new UserErrorException($"--out {path}: the ending '{other}' is not known; use .csv, .png, or a folder for IDX files."),
    };

    public static byte Pixel(float value) => (byte)Math.Clamp(MathF.Round(value), 0, 255);
}

/// <summary>A row a sample: the values by position, and the class name.</summary>
internal sealed class CsvSampleWriter(string path, GeneratorInfo info) : ISampleWriter
{
    public void Write(int count, IEnumerable<SampleBatch> batches) => AtomicFile.Write(path, stream =>
    {
        using var csv = new CsvWriter(new StreamWriter(stream, leaveOpen: true), new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        for (int i = 0; i < info.SampleSize; i++) csv.WriteField($"x{i}");
        if (info.ClassNames.Count > 0) csv.WriteField("class");
        csv.NextRecord();
        foreach (SampleBatch batch in batches)
        {
            for (int row = 0; row < batch.Samples.Length / info.SampleSize; row++)
            {
                foreach (float value in batch.Samples.Span.Slice(row * info.SampleSize, info.SampleSize)) csv.WriteField(value);
                if (info.ClassNames.Count > 0) csv.WriteField(info.ClassNames[(int)batch.Labels.Span[row]]);
                csv.NextRecord();
            }
        }
    });
}

/// <summary>Images as a grid, points in the plane as a scatter.</summary>
internal sealed class PictureWriter(string path, GeneratorInfo info) : ISampleWriter
{
    private const int MostSamples = 10_000, Columns = 10;

    public void Write(int count, IEnumerable<SampleBatch> batches)
    {
        if (count > MostSamples) throw new UserErrorException($"--out {path}: a picture takes at most {MostSamples} samples; use .csv or a folder for {count}.");
        var samples = new List<float>();
        var labels = new List<int>();
        foreach (SampleBatch batch in batches)
        {
            samples.AddRange(batch.Samples.Span);
            foreach (long label in batch.Labels.Span) labels.Add((int)label);
        }
        PngFile.Write(path, info.SampleShape switch
        {
            [var channels and (1 or 3), var height, var width] => ImageGrid.Compose(samples.ConvertAll(SampleWriters.Pixel).ToArray(), (int)channels, (int)height, (int)width, Columns),
            [2] => ScatterPlot.Draw([new ScatterPanel(samples.ToArray(), labels.Count > 0 ? labels.ToArray() : new int[count])]),
            var shape => throw new UserErrorException($"--out {path}: samples of [{string.Join(", ", shape)}] cannot be drawn; use .csv."),
        });
    }
}

/// <summary>A folder with images and labels under MNIST's names, so that whatever reads MNIST reads it.</summary>
internal sealed class IdxSampleWriter(string path, GeneratorInfo info) : ISampleWriter
{
    public void Write(int count, IEnumerable<SampleBatch> batches)
    {
        string images = Path.Combine(path, "train-images-idx3-ubyte"), labels = Path.Combine(path, "train-labels-idx1-ubyte");
        if (File.Exists(images) || File.Exists(labels)) throw new UserErrorException($"--out {path}: it already holds IDX files; choose another folder.");
        Directory.CreateDirectory(path);
        var classes = new List<byte>(count);
        IdxFile.WriteImages(images, count, (int)info.SampleShape[1], (int)info.SampleShape[2], batches.Select(batch =>
        {
            foreach (long label in batch.Labels.Span) classes.Add((byte)label);
            byte[] pixels = new byte[batch.Samples.Length];
            for (int i = 0; i < pixels.Length; i++) pixels[i] = SampleWriters.Pixel(batch.Samples.Span[i]);
            return (ReadOnlyMemory<byte>)pixels;
        }));
        if (info.ClassNames.Count > 0) IdxFile.WriteLabels(labels, count, [classes.ToArray()]);
    }
}
