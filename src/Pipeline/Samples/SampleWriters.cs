using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.TableFiles;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>Writes generated samples in one format; what it writes appears whole or not at all.</summary>
internal interface ISampleWriter
{
    /// <summary>Refuses what the format cannot take, before anything is generated.</summary>
    void Check(ClassPlan plan, Shard shard, bool resume, bool force);

    /// <summary>The files that it writes, whose names follow from the one that the user gave; none where they are one a sample.</summary>
    IReadOnlyList<string> Files(Shard shard);

    /// <summary>Makes the folder, if it is a folder that the user named.</summary>
    void Prepare();

    void Write(SampleJob job);
}

/// <summary>Chooses the format: by its name, else by the name to write to.</summary>
internal static class SampleWriters
{
    public static ISampleWriter For(string path, string? format, GeneratorInfo info, bool safeCsv = false) => (format ?? ByEnding(path)) switch
    {
        not "csv" when safeCsv =>
        throw UserErrorException.Usage("--safe-csv: it goes with CSV files; leave it out, or name a .csv file."),
        "idx" or "png" when AtomicFile.IsStream(path) =>
        throw UserErrorException.Usage($"--out {path}: this format takes a folder, and a stream is none; use csv or npy, or name a folder."),
        "npy" when AtomicFile.IsStream(path) && info.ClassNames.Count > 0 =>
        throw UserErrorException.Usage($"--out {path}: the classes of npy samples go into a second file beside the first, which a stream has not; " +
            "use csv, or name a file."),
        "csv" when Text(path) is { } form && Records(info, form, safeCsv) is { } records =>
        form.Packed ? new PackedWriter(path, form, records) : new RecordFileWriter(path, records, null),
        "parquet" when info.IsTable => new ParquetWriter(path, info),
        var other when info.IsTable =>
        throw UserErrorException.Usage($"--out {path}: this generator gives rows of a table, which are written as a table and not as {other}; name a file " +
            $"that ends in one of {TableEnding.All}."),
        "npy" => new RecordFileWriter(path, new NpyRecords(info),
        info.ClassNames.Count > 0 ? (Path.ChangeExtension(path, ".labels.npy"), new NpyLabels()) : null),
        "grid" => new PictureWriter(path, info),
        "idx" => IdxFolder(path, info),
        "png" => new PngFolderWriter(path, info),
        var other => throw UserErrorException.Usage($"--format {other}: no such format; it is csv (text, or packed text), parquet (of tables), npy, idx, " +
            $"png (a folder of pictures) or grid (one picture){Nearest.EndHint(other, ["csv", "parquet", "npy", "idx", "png", "grid"])}"),
    };

    public static byte Pixel(float value) => (byte)Math.Clamp(MathF.Round(value), 0, 255);

    private static string ByEnding(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        _ when TableEnding.IsText(path) => "csv",
        _ when TableEnding.IsParquet(path) => "parquet",
        ".npy" => "npy",
        ".png" => "grid",
        _ when AtomicFile.IsStandardOutput(path) => "csv",
        "" => AtomicFile.IsStream(path) ? "csv" : "idx",
        var other => throw UserErrorException.Usage($"--out {path}: the ending '{other}' is not known; use {TableEnding.All}, .npy, .png, or a folder for " +
            "IDX files, or say --format."),
    };

    private static TextForm Text(string path) => (TextForm)TableForm.For(TableEnding.IsParquet(path) ? "" : path, null, null, () => new([]));

    private static IRecords Records(GeneratorInfo info, TextForm form, bool safe) =>
        info.IsTable ? new TableRecords(info, form, safe: safe) : new CsvRecords(info, form, safe);

    /// <summary>A folder with images and labels under MNIST's names, so that whatever reads MNIST reads it.</summary>
    private static RecordFileWriter IdxFolder(string path, GeneratorInfo info)
    {
        if (info.SampleShape is not [1, var rows, var columns])
        {
            throw UserErrorException.Usage($"--out {path}: a folder takes grey images as IDX files, " +
                $"and this generator gives [{string.Join(", ", info.SampleShape)}]; name a .csv or .npy file.");
        }
        string images = Path.Combine(path, "train-images-idx3-ubyte"), labels = Path.Combine(path, "train-labels-idx1-ubyte");
        if (File.Exists(path))
            throw UserErrorException.Usage($"--out {path}: it is a file, and IDX files go into a folder; name a folder, or a .csv or .npy file.");
        if (info.ClassNames.Count > 256)
            throw UserErrorException.Usage($"--out {path}: IDX labels know 256 classes, and this generator has {info.ClassNames.Count}; " +
                "name a .csv or .npy file.");
        return new RecordFileWriter(images, new IdxRecords(rows, columns), info.ClassNames.Count > 0 ? (labels, new IdxLabels()) : null, ownFolder: true);
    }
}
