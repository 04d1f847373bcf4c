using GanPipeline.Images;

namespace GanPipeline.Training.Data;

/// <summary>One file of a folder of images.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its name from the folder on, with '/' on every system: what is hashed and what decides between training and test part.</param>
/// <param name="Class">Class index; -1 in a set without classes.</param>
internal sealed record ImageFile(string Path, string Name, int Class);

/// <summary>The files of one part of a folder of images, in an order that is the same on every machine: by name, ordinal, class after class.</summary>
/// <param name="Files">At least one.</param>
/// <param name="ClassNames">
/// Names of the training part's sub-folders, whichever part is wanted; empty where the images lie in the folder itself.
/// </param>
/// <param name="Notes">What the user must be told, in sentences.</param>
internal sealed record ImageTree(ImageFile[] Files, string[] ClassNames, IReadOnlyList<string> Notes)
{
    /// <summary>What a folder must look like.</summary>
    public const string Layout = "The folder must hold CLASS/*.png or *.jpg, a sub-folder a class; or two such folders, named train and test (or val, valid, " +
        "validation); or images without classes alone";

    /// <summary>What computers leave in folders; hidden files and folders are left out, too.</summary>
    private static readonly HashSet<string> Leftovers = new(StringComparer.OrdinalIgnoreCase)
        { "__MACOSX", "Thumbs.db", "ehthumbs.db", "desktop.ini", "@eaDir", "Icon\r", "$RECYCLE.BIN", "System Volume Information", "lost+found" };

    private static readonly string[] Training = ["train", "training"], Test = ["test", "testing"], Validation = ["val", "valid", "validation"];

    /// <summary>Lists a folder.</summary>
    /// <param name="folder">The folder that the user named.</param>
    /// <param name="split">The part that is wanted.</param>
    /// <param name="testShare">Share of the images that are the test part, where the folder does not hold the two parts apart.</param>
    /// <param name="skipped">Where a file that is no image is noted; null refuses such a file.</param>
    public static ImageTree Read(string folder, DataSplit split, double testShare, List<string>? skipped)
    {
        if (!Directory.Exists(folder)) throw new UserErrorException($"{folder}: no such folder; --data must name the folder that holds the images.");
        (string? train, string? test, string? unused) = Parts(folder);
        if (train is null || test is null) return Share(Read(train ?? folder, skipped), train ?? folder, split, testShare);
        ImageTree training = Read(train, split == DataSplit.Train ? skipped : []);
        if (split == DataSplit.Test) return OfClasses(training, train, test, skipped);
        return unused is null ? training : training with
        {
            Notes = [.. training.Notes, $"{unused} is not used: {Path.GetFileName(train)} is trained on, and {Path.GetFileName(test)} is evaluated on."],
        };
    }

    /// <summary>The folders of the two parts, and one that stays unused; null where the folder does not hold the parts apart.</summary>
    private static (string? Train, string? Test, string? Unused) Parts(string folder)
    {
        string[] all = Entries(folder, Directory.GetDirectories);
        string? train = Only(Training), test = Only(Test), validation = Only(Validation);
        string[] parts = [.. new[] { train, test, validation }.OfType<string>()];
        // One folder of such a name among others may be a class, say of trains; with folders inside it is none.
        if (parts.Length == 0 || (parts.Length == 1 && (all.Length > 1 || train is null) && Entries(parts[0], Directory.GetDirectories).Length == 0))
            return (null, null, null);
        if (train is null) throw Unclear(parts[0], "a test part, but there is no folder train beside it");
        if (all.Except(parts).FirstOrDefault() is { } other)
            throw Unclear(other, $"beside {Path.GetFileName(train)}, neither a part of the data nor a class of it");
        if (Same([train, .. parts.Where(p => p != train)]) is { } twins) throw Unclear(twins.Second, $"the same folder as {twins.First}");
        return (train, test ?? validation, test is null ? null : validation);

        string? Only(string[] names)
        {
            string[] found = [.. all.Where(p => names.Contains(Path.GetFileName(p), StringComparer.OrdinalIgnoreCase))];
            return found.Length < 2 ? found.FirstOrDefault() : throw Unclear(found[1], $"the same part of the data as {found[0]}; leave one of them");
        }
    }

    /// <summary>The training or the test part of a folder that holds both together.</summary>
    private static ImageTree Share(ImageTree all, string folder, DataSplit split, double testShare)
    {
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

    /// <summary>The test part, with the classes of the training part: by name, for their places differ as soon as one of them lacks a class.</summary>
    private static ImageTree OfClasses(ImageTree training, string train, string test, List<string>? skipped)
    {
        ImageTree held = Read(test, skipped, mayBeEmpty: true);
        if (held.Files.Length == 0) throw Unclear(test, "without a PNG or JPEG image");
        if ((training.ClassNames.Length == 0) != (held.ClassNames.Length == 0))
            throw Unclear(test, held.ClassNames.Length == 0 ? $"without folders of classes, and {train} has some"
                : $"with folders of classes, and {train} has none");
        int[] places = ClassMatch.Places(held.ClassNames, training.ClassNames, (name, hint) => new UserErrorException(
            $"{Path.Combine(test, name)}: the training part {train} has no class of this name{hint}; rename or remove one of the folders."));
        return training with { Files = [.. held.Files.Select(f => f.Class < 0 ? f : f with { Class = places[f.Class] })], Notes = held.Notes };
    }

    private static ImageTree Read(string folder, List<string>? skipped, bool mayBeEmpty = false)
    {
        string[] folders = Entries(folder, Directory.GetDirectories);
        var hidden = new List<string>();
        ImageFile[] loose = [.. Images(folder, "", -1, skipped, hidden)];
        if (folders.Length == 0)
            return loose.Length > 0 ? new ImageTree(loose, [], Hidden(hidden))
                : throw new UserErrorException($"{folder}: it holds no PNG or JPEG image, nor sub-folders of them. {Layout}.");
        if (loose.Length > 0)
            throw new UserErrorException($"{loose[0].Path}: the image belongs to no class, for {folder} has sub-folders; move it into one of them. {Layout}.");
        CheckTwins(folders);
        var files = new List<ImageFile>();
        foreach ((int index, string path) in folders.Index())
        {
            if (Entries(path, Directory.GetDirectories) is [{ } inner, ..])
                throw new UserErrorException($"{inner}: a folder within the folder of a class; the images of a class must lie in its folder itself. {Layout}" +
                    (folders.Length == 1 ? $"; if that is how {path} looks, name it instead." : "."));
            int before = files.Count;
            files.AddRange(Images(path, Path.GetFileName(path) + "/", index, skipped, hidden));
            if (files.Count == before && !mayBeEmpty)
                throw new UserErrorException($"{path}: the class has no PNG or JPEG image; add some, or remove the folder.");
        }
        return new ImageTree([.. files], [.. folders.Select(p => Path.GetFileName(p)!)], Hidden(hidden));
    }

    /// <summary>
    /// Refuses folders that are one class by all appearances: of one name in two Unicode forms, or in upper and lower case, or one that links to another.
    /// Single letters are classes of their own, as sets of characters have them.
    /// </summary>
    private static void CheckTwins(string[] folders)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string folder in folders)
        {
            string name = Path.GetFileName(folder), key = UnicodeForm.Decomposed(name);
            if (seen.TryAdd(key, folder)) continue;
            string other = Path.GetFileName(seen[key]);
            bool isSameText = UnicodeForm.Decomposed(other) == key;
            if (!isSameText && name.Length == 1) continue;
            throw new UserErrorException($"{folder}: {seen[key]} is another folder whose name differs by " +
                $"{(isSameText ? "its Unicode form" : "upper and lower case")} only; put the images of one class into one folder. {Layout}.");
        }
        if (Same(folders) is { } twins)
            throw new UserErrorException($"{twins.Second}: it is the same folder as {twins.First} by a link; each class needs images of its own. {Layout}.");
    }

    /// <summary>Two of the folders that are one, by a symbolic link.</summary>
    private static (string First, string Second)? Same(IEnumerable<string> folders)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string folder in folders)
        {
            string real = Path.TrimEndingDirectorySeparator(new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName
                ?? Path.GetFullPath(folder));
            if (!seen.TryAdd(real, folder)) return (seen[real], folder);
        }
        return null;
    }

    private static IEnumerable<ImageFile> Images(string folder, string prefix, int label, List<string>? skipped, List<string> hidden)
    {
        foreach (string path in Entries(folder, Directory.GetFiles, hidden))
        {
            if (ImageDecoder.IsImage(path)) yield return new ImageFile(path, prefix + Path.GetFileName(path), label);
            else if (skipped is null) throw new UserErrorException(
                $"{path}: its name is not that of a PNG or JPEG image (.png, .jpg, .jpeg); move it away, or leave such files out with --skip-bad.");
            else skipped.Add($"{path}: its name is not that of a PNG or JPEG image.");
        }
    }

    /// <summary>What is in a folder, by name, without what computers leave there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="list">Lists its files or its folders.</param>
    /// <param name="hidden">Where hidden images are noted; "._x.png" is none, but what macOS keeps about x.png.</param>
    private static string[] Entries(string folder, Func<string, string[]> list, List<string>? hidden = null)
    {
        try
        {
            string[] all = list(folder), entries = [.. all.Where(p => Path.GetFileName(p) is var name && name[0] != '.' && !Leftovers.Contains(name))];
            Array.Sort(entries, StringComparer.Ordinal);
            hidden?.AddRange(all.Where(p => Path.GetFileName(p) is var n && n[0] == '.' && !n.StartsWith("._", StringComparison.Ordinal)
                && ImageDecoder.IsImage(p)).Order(StringComparer.Ordinal));
            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{folder}: cannot be listed ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private static string[] Hidden(List<string> hidden) => hidden.Count == 0 ? []
        : [$"left out {hidden.Count} hidden {(hidden.Count == 1 ? "image" : "images")}, for example {hidden[0]}."];

    private static UserErrorException Unclear(string path, string what) => new($"{path}: {what}. {Layout}.");
}
