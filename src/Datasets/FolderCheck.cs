using System.Security.Cryptography;
using GanPipeline.Primitives;

namespace GanPipeline.Datasets;

/// <summary>What became of one file of a set.</summary>
internal enum FileState
{
    /// <summary>Its bytes are the known ones.</summary>
    Right,

    /// <summary>It is there, with other bytes.</summary>
    Wrong,

    /// <summary>It is not there, neither packed nor unpacked.</summary>
    Missing,
}

/// <summary>One file of a check.</summary>
/// <param name="Name">Its name as found, or the packed one.</param>
/// <param name="State">What became of it.</param>
internal sealed record CheckedFile(string Name, FileState State);

/// <summary>Compares a folder with a known set, file by file.</summary>
/// <param name="Set">The set.</param>
/// <param name="Files">A line for each of its files.</param>
internal sealed record FolderCheck(KnownSet Set, IReadOnlyList<CheckedFile> Files)
{
    /// <summary>Whether all files are there and right.</summary>
    public bool IsRight => Files.All(f => f.State == FileState.Right);

    /// <summary>Checks a folder against the set that it agrees with most. The token ends it between two files.</summary>
    /// <exception cref="UserErrorException">There is no such folder, or none of the files is there.</exception>
    public static FolderCheck Of(string folder, CancellationToken stop = default)
    {
        if (!Directory.Exists(folder)) throw new UserErrorException($"{folder}: no such folder.");
        var digests = new Dictionary<string, string>(StringComparer.Ordinal); // names are the same in several sets
        FolderCheck best = KnownSets.All.Where(s => s.Files.Count > 0).Select(s => Of(folder, s, digests, stop))
            .MaxBy(c => c.Files.Count(f => f.State == FileState.Right))!;
        return best.Files.Any(f => f.State != FileState.Missing) ? best
            : throw new UserErrorException($"{folder}: it holds no file of a known set; these are {string.Join(", ", best.Files.Select(f => f.Name))}.");
    }

    /// <summary>Checks a folder against one set. The token ends it between two files.</summary>
    /// <exception cref="UserErrorException">A file cannot be read.</exception>
    public static FolderCheck Of(string folder, KnownSet set, CancellationToken stop = default) =>
        Of(folder, set, new Dictionary<string, string>(StringComparer.Ordinal), stop);

    private static FolderCheck Of(string folder, KnownSet set, Dictionary<string, string> digests, CancellationToken stop) =>
        new(set, [.. set.Files.Select(file =>
    {
        stop.ThrowIfCancellationRequested();
        string unpacked = Path.GetFileNameWithoutExtension(file.Name);
        (string name, string? expected) = file.UnpackedSha256 is not null && !File.Exists(Path.Combine(folder, file.Name))
            && File.Exists(Path.Combine(folder, unpacked))
            ? (unpacked, file.UnpackedSha256) : (file.Name, file.Sha256);
        if (!File.Exists(Path.Combine(folder, name))) return new CheckedFile(name, FileState.Missing);
        if (!digests.TryGetValue(name, out string? digest)) digests[name] = digest = Digest(Path.Combine(folder, name));
        return new CheckedFile(name, digest == expected ? FileState.Right : FileState.Wrong);
    })]);

    /// <summary>SHA-256 of a file, lower-case hex.</summary>
    internal static string Digest(string path)
    {
        try
        {
            using FileStream file = InputFile.Open(path, "move it away, and fetch the set again.");
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }
}
