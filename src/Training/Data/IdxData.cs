using System.Globalization;
using System.Security.Cryptography;
using GanPipeline.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Data;

/// <summary>
/// A folder with the four files of MNIST and its relatives (LeCun, Cortes, Burges: "The MNIST database"): <c>train-images-idx3-ubyte</c>,
/// <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and <c>t10k-labels-idx1-ubyte</c>, plain or with <c>.gz</c>.
/// </summary>
[Kind("idx")]
internal sealed record IdxDataOptions : ImageDataOptions
{
    /// <summary>Names of the classes in index order; empty takes the indices themselves ("0", "1", ...).</summary>
    public List<string> Classes { get; set; } = [];

    /// <summary>Height and width that the images get, for example 32; 0 leaves them as they are.</summary>
    public int Size { get; set; }

    /// <summary>How they get it: crop and stretch scale bilinearly (for square images they do the same), pad puts black around.</summary>
    public ImageFit Fit { get; set; } = ImageFit.Crop;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.That(Classes.Distinct(StringComparer.Ordinal).Count() == Classes.Count, "data.classes", "names a class twice");
        Require.That(Size is >= 0 and <= ImageFitting.LargestSize, "data.size", $"must be between 1 and {ImageFitting.LargestSize}, or 0 for no change", Size);
    }

    /// <inheritdoc/>
    protected override Dataset Read(string? path, DataSplit split)
    {
        if (path is null) throw new UserErrorException("the preset's data is a folder of IDX files; name it with --data FOLDER.");
        if (!Directory.Exists(path)) throw new UserErrorException($"{path}: no such folder; --data must name the folder that holds the IDX files.");
        string stem = split == DataSplit.Train ? "train" : "t10k";
        string imagesPath = Find(path, $"{stem}-images-idx3-ubyte"), labelsPath = Find(path, $"{stem}-labels-idx1-ubyte");
        IdxImages images = IdxFile.ReadImages(imagesPath);
        byte[] labels = IdxFile.ReadLabels(labelsPath);
        if (images.Count != labels.Length)
            throw new UserErrorException($"{labelsPath}: {labels.Length} labels, but {imagesPath} holds {images.Count} images; " +
                "the two files do not belong together.");
        if (images.Count == 0) throw new UserErrorException($"{imagesPath}: it holds no image; there is nothing to train on.");
        // A test part may lack the last classes, and the number of classes is the training part's.
        byte[] trained = split == DataSplit.Train || Classes.Count > 0 ? labels : IdxFile.ReadLabels(Find(path, "train-labels-idx1-ubyte"));
        string[] classes = Classes.Count > 0 ? [.. Classes]
            : [.. Enumerable.Range(0, trained.DefaultIfEmpty().Max() + 1).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        int stray = Array.FindIndex(labels, l => l >= classes.Length);
        if (stray >= 0)
            throw new UserErrorException($"{labelsPath}: label {labels[stray]} at item {stray} is outside the {classes.Length} classes " +
                $"{(Classes.Count > 0 ? "that are named" : "of the training part")}.");
        string hash = Hash(images.Pixels, labels); // of what the files hold, whatever becomes of it
        PictureFindings findings = Findings(images, imagesPath);
        using DisposeScope scope = NewDisposeScope();
        Tensor samples = tensor(images.Pixels, [images.Count, 1, images.Rows, images.Columns], uint8);
        if (Size > 0) samples = Fitted(samples, imagesPath);
        return new Dataset(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), hash,
            samples.MoveToOuterDisposeScope(), tensor(Array.ConvertAll(labels, l => (long)l)).MoveToOuterDisposeScope(), classes,
            SampleFormat.Pixels(1, (int)samples.shape[2], (int)samples.shape[3]))
        {
            Notes = [.. findings.Notes(Size)],
            Problem = findings.Problem,
        };
    }

    private PictureFindings Findings(IdxImages images, string path)
    {
        var findings = new PictureFindings(ImageReading.Usual);
        var image = new DecodedImage([], 1, images.Rows, images.Columns);
        int area = images.Rows * images.Columns;
        for (int i = 0; i < images.Count; i++)
        {
            ReadOnlySpan<byte> pixels = images.Pixels.AsSpan(i * area, area);
            findings.Add($"{path} item {i}", new SeenPicture(image, Size > 0 && Fit.ScalesUp(images.Rows, images.Columns, Size),
                PictureFindings.IsConstant(pixels, 1), pixels[0], PictureFindings.Highest(pixels)));
        }
        return findings;
    }

    private Tensor Fitted(Tensor images, string path)
    {
        Fit.Check(path, (int)images.shape[2], (int)images.shape[3], Size);
        _ = ArrayLimit.Check((Int128)images.shape[0] * Size * Size, $"{path}: {images.shape[0]} images of {Size}x{Size} pixels ('data.size')",
            "choose a smaller size");
        return Fit.Apply(images, Size);
    }

    private static string Find(string folder, string name)
    {
        string plain = Path.Combine(folder, name), packed = plain + ".gz";
        return File.Exists(plain) ? plain : File.Exists(packed) ? packed
            : throw new UserErrorException($"{plain}: no such file (nor with .gz); the folder must hold the IDX files under their original names.");
    }

    private static string Hash(byte[] pixels, byte[] labels)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(pixels);
        hash.AppendData(labels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
