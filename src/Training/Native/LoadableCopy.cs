using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace GanPipeline.Training.Native;

/// <summary>Keeps the copy of TorchSharp's native library that older C++ runtimes can load, in a folder of the user's own.</summary>
[SupportedOSPlatform("linux")]
internal static class LoadableCopy
{
    private const UnixFileMode OnlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Passes the path of a file with these bytes to <paramref name="load"/>. It stands in the user's cache folder under the digest of what it was made from,
    /// for the next process to find; where that folder cannot be used, in a new temporary one, which is removed after loading.
    /// </summary>
    /// <param name="original">The bytes that the copy was made from.</param>
    /// <param name="copy">The bytes of the copy.</param>
    /// <param name="load">Loads the file of that path; a file that is mapped may be removed afterwards.</param>
    internal static T Use<T>(byte[] original, byte[] copy, Func<string, T> load)
    {
        string name = Path.Combine(Convert.ToHexStringLower(SHA256.HashData(original)), TorchLibrary.FileName);
        if (Kept(name, copy) is { } kept) return load(kept);
        using var folder = new PrivateFolder(Path.GetTempPath());
        string path = folder.File(TorchLibrary.FileName);
        File.WriteAllBytes(path, copy);
        return load(path);
    }

    /// <summary>The path of the kept copy, made now if need be; null where none can be kept.</summary>
    private static string? Kept(string name, byte[] copy)
    {
        try
        {
            string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrEmpty(cache) || !Path.IsPathRooted(cache))
            {
                string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
                if (home.Length == 0) return null;
                cache = Path.Combine(home, ".cache");
            }
            string path = Path.Combine(cache, "ganpipeline", name);
            string folder = Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(folder, OnlyMine);
            // Fails in a folder of somebody else, who could exchange the library between the comparison and the loading.
            File.SetUnixFileMode(folder, OnlyMine);
            // Two processes may write at once: each to a file of its own, renamed when it is whole.
            AtomicFile.RemoveLeftovers(path);
            if (!Same(path, copy)) AtomicFile.Write(path, stream => stream.Write(copy));
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UserErrorException)
        {
            return null;
        }
    }

    private static bool Same(string path, byte[] bytes) =>
        new FileInfo(path) is { Exists: true, LinkTarget: null } file && file.Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);
}
