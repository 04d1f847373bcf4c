using GanPipeline.Primitives;

namespace GanPipeline.Training.Data;

/// <summary>One file of a folder of images.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its name from the folder on, with '/' on every system: what is hashed and what decides between training and test part.</param>
/// <param name="Class">Class index; -1 in a set without classes.</param>
internal sealed record ImageFile(string Path, string Name, int Class);

/// <summary>The files of one part of a folder of images, in an order that is the same on every machine: by name, ordinal, class after class.</summary>
/// <param name="Files">At least one.</param>
/// <param name="ClassNames">Names of the sub-folders; empty where the images lie in the folder itself.</param>
internal sealed record ImageTree(ImageFile[] Files, string[] ClassNames)
{
    private static readonly string[] Parts = ["test", "train"];

    /// <summary>Lists a folder.</summary>
    /// <param name="folder">The folder that the user named.</param>
    /// <param name="split">The part that is wanted.</param>
    /// <param name="testShare">Share of the images that are the test part, where the folder does not hold the two parts apart.</param>
    /// <param name="skipped">Where a file that is no image is noted; null refuses such a file.</param>
    public static ImageTree Read(string folder, DataSplit split, double testShare, List<string>? skipped)
    {
        if (!Directory.Exists(folder)) throw new UserErrorException($"{folder}: no such folder; --data must name the folder that holds the images.");
        if (Entries(folder, Directory.GetDirectories).Select(Path.GetFileName).SequenceEqual(Parts))
            return Read(Path.Combine(folder, split == DataSplit.Train ? "train" : "test"), skipped);
        ImageTree all = Read(folder, skipped);
        ImageFile[] part = [.. all.Files.Where(f => (SeedStream.Derive(0, $"test part {f.Name}") < testShare * ulong.MaxValue) == (split == DataSplit.Test))];
        if (part.Length == 0)
            throw new UserErrorException(split == DataSplit.Test
                ? $"{folder}: none of its {all.Files.Length} images fell to the test part; raise 'data.test', or put train and test into sub-folders of " +
                    $"these names."
                : $"{folder}: all of its {all.Files.Length} images fell to the test part; lower 'data.test'.");
        int empty = split == DataSplit.Train ? Enumerable.Range(0, all.ClassNames.Length).Except(part.Select(f => f.Class)).FirstOrDefault(-1) : -1;
        if (empty >= 0) throw new UserErrorException($"{folder}: all images of class '{all.ClassNames[empty]}' fell to the test part; lower 'data.test'.");
        return all with { Files = part };
    }

    private static ImageTree Read(string folder, List<string>? skipped)
    {
        string[] classes = Entries(folder, Directory.GetDirectories);
        ImageFile[] loose = [.. Images(folder, "", -1, skipped)];
        if (classes.Length == 0)
            return loose.Length > 0 ? new ImageTree(loose, [])
                : throw new UserErrorException($"{folder}: it holds no PNG or JPEG image, nor sub-folders of them.");
        if (loose.Length > 0)
            throw new UserErrorException($"{loose[0].Path}: the image belongs to no class, for {folder} has sub-folders; move it into one of them.");
        var files = new List<ImageFile>();
        foreach ((int index, string path) in classes.Index())
        {
            if (Directory.GetDirectories(path) is [{ } inner, ..])
                throw new UserErrorException($"{inner}: a folder within the folder of a class; the images of a class must lie in its folder itself.");
            int before = files.Count;
            files.AddRange(Images(path, Path.GetFileName(path) + "/", index, skipped));
            if (files.Count == before) throw new UserErrorException($"{path}: the class has no PNG or JPEG image; add some, or remove the folder.");
        }
        return new ImageTree([.. files], [.. classes.Select(c => Path.GetFileName(c)!)]);
    }

    private static IEnumerable<ImageFile> Images(string folder, string prefix, int label, List<string>? skipped)
    {
        foreach (string path in Entries(folder, Directory.GetFiles))
        {
            if (ImageDecoder.IsImage(path)) yield return new ImageFile(path, prefix + Path.GetFileName(path), label);
            else if (skipped is null) throw new UserErrorException(
                $"{path}: its name is not that of a PNG or JPEG image (.png, .jpg, .jpeg); move it away, or leave such files out with --skip-bad.");
            else skipped.Add($"{path}: its name is not that of a PNG or JPEG image.");
        }
    }

    /// <summary>What is in a folder, by name; hidden files, which desktops leave behind, are none of the data.</summary>
    private static string[] Entries(string folder, Func<string, string[]> list)
    {
        try
        {
            string[] entries = [.. list(folder).Where(p => Path.GetFileName(p)[0] != '.')];
            Array.Sort(entries, StringComparer.Ordinal);
            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{folder}: cannot be listed ({e.Message.TrimEnd('.')}).", e);
        }
    }
}
