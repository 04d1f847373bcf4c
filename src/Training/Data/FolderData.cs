using GanPipeline.Images;
using TorchSharp;

namespace GanPipeline.Training.Data;

/// <summary>
/// A folder of PNG and JPEG images: each sub-folder is a class, named like it; images directly in the folder make a set without classes. A folder whose only
/// sub-folders are <c>train</c> and <c>test</c> (or <c>val</c>, <c>valid</c>, <c>validation</c>; in any case) holds both parts, whose classes belong together
/// by name; in any other, a share of the images, chosen by their names, is the test part. Hidden files and what computers leave in folders are no part of it.
/// </summary>
[Kind("folder")]
internal sealed record FolderDataOptions : ImageDataOptions
{
    /// <summary>Height and width that the images get, for example 64; 0 leaves them as they are, which must then be alike.</summary>
    public int Size { get; set; }

    /// <summary>How they get it: crop cuts the centre out, stretch ignores the proportions, pad puts black around.</summary>
    public ImageFit Fit { get; set; } = ImageFit.Crop;

    /// <summary>1 makes all images grey, 3 makes all RGB; 0 leaves them as they are, which must then be alike.</summary>
    public int Channels { get; set; }

    /// <summary>What shows through transparent parts: <c>white</c>, <c>black</c>, or a colour as six hexadecimal digits, red first (<c>FF8000</c>).</summary>
    public string Background { get; set; } = "white";

    /// <summary>Bits that the values of PNG files of 16 bits a sample make use of, 8 to 16: cameras' 12, say, where a file holds them as they are.</summary>
    public int Bits { get; set; } = 16;

    /// <summary>Leaves out files that are no readable image, and names them; without it, the first such file is an error.</summary>
    public bool SkipBad { get; set; }

    /// <summary>Share of the images that are the test part.</summary>
    public double Test { get; set; } = 0.1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.That(Size is >= 0 and <= ImageFitting.LargestSize, "data.size", $"must be between 1 and {ImageFitting.LargestSize}, or 0 for no change", Size);
        Require.That(Channels is 0 or 1 or 3, "data.channels", "must be 1 (grey), 3 (RGB), or 0 for no change", Channels);
        Require.That(ImageReading.Colour(Background) is not null, "data.background", "must be white, black or six hexadecimal digits such as FF8000; it " +
            $"is '{Background}'{(Background.Length == 0 ? " (a # begins a comment)" : "")}");
        Require.That(Bits is >= 8 and <= 16, "data.bits", "must be between 8 and 16", Bits);
        Require.That(Test is >= 0 and < 1, "data.test", "must be at least 0 and below 1", Test);
    }

    /// <inheritdoc/>
    protected override Dataset Read(string? path, DataSplit split)
    {
        if (path is null) throw new UserErrorException("the preset's data is a folder of images; name it with --data FOLDER.");
        List<string>? skipped = SkipBad ? [] : null;
        ImageTree tree = ImageTree.Read(path, split, Test, skipped);
        var reading = new ImageReading(ImageReading.Colour(Background)!.Value, Bits);
        LoadedImages images = new ImageLoading(Size, Fit, Channels, reading, skipped).Load(tree.Files);
        int empty = split == DataSplit.Train ? Enumerable.Range(0, tree.ClassNames.Length).Except(images.Classes).FirstOrDefault(-1) : -1;
        if (empty >= 0) throw new UserErrorException($"{Path.Combine(path, tree.ClassNames[empty])}: no image of the class is left, for none of its files " +
            $"can be read.");
        long[] shape = images.Samples.shape;
        return new Dataset(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), images.Sha256, images.Samples,
            tree.ClassNames.Length > 0 ? torch.tensor(images.Classes.Select(c => (long)c).ToArray()) : null, tree.ClassNames,
            SampleFormat.Pixels((int)shape[1], (int)shape[2], (int)shape[3]))
        {
            Notes = [.. tree.Notes, .. skipped is { Count: > 0 } ? [Summary(skipped)] : Array.Empty<string>(), .. images.Findings.Notes(Size)],
            Problem = images.Findings.Problem,
        };
    }

    private static string Summary(List<string> skipped) =>
        $"left out {skipped.Count} {(skipped.Count == 1 ? "file" : "files")}: " +
            $"{string.Join(" ", skipped.Take(5))}{(skipped.Count > 5 ? $" (and {skipped.Count - 5} more)" : "")}";
}
