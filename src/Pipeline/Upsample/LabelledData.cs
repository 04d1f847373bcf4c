using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Data;
using Microsoft.ML;

namespace GanPipeline.Stages;

/// <summary>A labelled data set on disk that can be read and written again with more rows.</summary>
internal interface ILabelledData
{
    /// <summary>Its rows, read anew by each cursor.</summary>
    IDataView View(MLContext context, CancellationToken stop);

    /// <summary>Whether it is a folder of files, of which it takes care itself.</summary>
    bool IsFolder { get; }

    /// <summary>Refuses a target that cannot be written or, unless <paramref name="force"/>, would overwrite something.</summary>
    void CheckTarget(string path, bool force);

    /// <summary>Writes the rows as they are, and the added ones behind them.</summary>
    void Write(string path, IEnumerable<LabelledRow> added, CancellationToken stop);
}

/// <summary>Chooses the format by what the path names.</summary>
internal static class LabelledData
{
    public static ILabelledData For(UpsampleOptions options, GeneratorInfo generator, StageContext context)
    {
        (string path, string? syntheticColumn) = (options.Data, options.SyntheticColumn);
        if (!Directory.Exists(path))
            return TableEnding.Has(path) || SpooledInput.IsStandardInput(path)
                ? new CsvTable(path, options.Label, syntheticColumn, options.SafeCsv)
                : throw new UserErrorException($"{path}: it is neither a folder of IDX files or pictures nor a table ({TableEnding.All}); name one of these.");
        string? without = syntheticColumn is not null ? $"--synthetic-column {syntheticColumn}" : options.SafeCsv ? "--safe-csv" : null;
        if (without is not null) throw UserErrorException.Usage($"{without}: {path} is a folder of images, which have no columns; leave it out.");
        bool pictures = Directory.EnumerateDirectories(path).Any() && !Directory.EnumerateFiles(path, "*-ubyte*").Any();
        return pictures ? new PictureFolder(path, generator, context) : new IdxFolder(path, generator.ClassNames, context);
    }
}

/// <summary>
/// A folder with MNIST's file names, in memory. Its labels are class indices and have no names of their own, so the generator's class names are theirs.
/// </summary>
internal sealed class IdxFolder(string folder, IReadOnlyList<string> classNames, StageContext stage) : ILabelledData
{
    private const string Images = "train-images-idx3-ubyte", Labels = "train-labels-idx1-ubyte";

    private readonly Lazy<(LabelledRows Rows, int Height, int Width)> _images = new(() =>
    {
        ClassNumbers.Say(folder, "generator", classNames, stage);
        using Dataset data = new IdxDataOptions { Classes = [.. classNames] }.Load(folder, DataSplit.Train, 0);
        return (LabelledRows.Of(data), (int)data.Format.Shape[1], (int)data.Format.Shape[2]);
    });

    public IDataView View(MLContext context, CancellationToken stop) => _images.Value.Rows.View(context);

    public bool IsFolder => true;

    public void CheckTarget(string path, bool force)
    {
        if (AtomicFile.IsStream(path)) throw UserErrorException.Usage($"--out {path}: IDX files go into a folder, and a stream is none; name a folder.");
        if (File.Exists(path)) throw UserErrorException.Usage($"--out {path}: it is a file; name a new or empty folder.");
        if (!Directory.Exists(path)) return;
        IEnumerable<string> there = Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry))
            .Where(name => !AtomicFile.IsUnfinishedName(name));
        // With --force, or after a run that was killed, the two files are made anew; others would be read with them.
        if (force || ResumableOutput.IsUnfinished(Path.Combine(path, Images))) there = there.Except([Images, Labels]);
        if (there.Any())
            throw UserErrorException.Usage($"--out {path}: files are there already; name a new or empty folder" +
                (force ? "." : ", or give --force to replace IDX files."));
    }

    public void Write(string path, IEnumerable<LabelledRow> added, CancellationToken stop)
    {
        Directory.CreateDirectory(path);
        using var output = ResumableOutput.Open(Path.Combine(path, Images), "up-sampled", resume: false);
        AtomicFile.RemoveLeftovers(Path.Combine(path, Labels));
        LabelledRows all = _images.Value.Rows.Append(added);
        stop.ThrowIfCancellationRequested();
        output.Begin(); // until both files are there, neither is a file to keep
        IdxFile.WriteImages(Path.Combine(path, Images), all.Count, _images.Value.Height, _images.Value.Width,
            Enumerable.Range(0, all.Count).Select(i => (ReadOnlyMemory<byte>)Array.ConvertAll(all.Row(i).ToArray(), SampleWriters.Pixel)));
        IdxFile.WriteLabels(Path.Combine(path, Labels), all.Count, [Array.ConvertAll(all.Labels, l => (byte)l)]);
        output.Complete();
    }
}
