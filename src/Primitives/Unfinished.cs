using System.Collections.Concurrent;

namespace GanPipeline.Primitives;

/// <summary>What this process is writing under hidden names, and what others left when they were killed.</summary>
internal static class Unfinished
{
    private static readonly ConcurrentDictionary<string, byte> Paths = new(StringComparer.Ordinal);

    /// <summary>
    /// Held while something of a hidden name is created and added here, or what is created in the moment in which a process ends would stay.
    /// </summary>
    public static Lock Creating { get; } = new();

    public static void Add(string path) => Paths[path] = 0;

    public static void Forget(string path) => Paths.TryRemove(path, out _);

    /// <summary>Removes what this process has not finished; nothing more is begun until the caller disposes of what it gets. Never throws.</summary>
    public static IDisposable RemoveAll()
    {
        Creating.Enter();
        foreach (string path in Paths.Keys)
        {
            Delete(path);
            Forget(path);
        }
        return new Reopening();
    }

    /// <summary>Removes a file, or a folder with what is in it, if that can be; a link is removed, not what it names.</summary>
    public static void Delete(string path)
    {
        try
        {
            if (new DirectoryInfo(path) is { Exists: true, LinkTarget: null } folder) folder.Delete(recursive: true);
            else File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { } // a hidden left-over does no harm
    }

    /// <summary>
    /// Removes temporary files that nobody writes any more: those of processes that were killed. Links are left alone, and so is what is in folders.
    /// </summary>
    /// <param name="folder">The folder that they are in; nothing is done where it is none, or a link to one.</param>
    /// <param name="name">Only those of the file of that name; null for all.</param>
    public static void RemoveDead(string folder, string? name)
    {
        foreach (FileInfo file in Files(folder))
            if (HiddenName.IsTemporary(file.Name, name) || (name is null && HiddenName.IsLock(file.Name))) RemoveIfDead(file.FullName);
    }

    /// <summary>The regular files in a folder, without links; none where it is no folder.</summary>
    public static FileInfo[] Files(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFiles(".*").Where(f => f.LinkTarget is null && UnixFile.Kind(f.FullName) == FileKind.Regular)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return []; }
    }

    /// <summary>Removes a file unless a process has it open: whoever writes one holds a lock on it until it has its final name.</summary>
    public static void RemoveIfDead(string path)
    {
        try
        {
            using (File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose)) { }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { } // somebody holds it, or has just removed it
    }

    private sealed class Reopening : IDisposable
    {
        public void Dispose() => Creating.Exit();
    }
}
