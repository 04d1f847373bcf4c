namespace GanPipeline.Primitives;

/// <summary>
/// A hidden folder that only its owner can look into, for files that are needed by name and are nobody else's business. It goes with what is in it when it is
/// disposed, or when the next one is made in the same place after its process was killed.
/// </summary>
internal sealed class PrivateFolder : IDisposable
{
    private const int Tries = 100;
    private const UnixFileMode OnlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly FileLock _lock;

    /// <summary>Makes one, and removes those that killed processes left there.</summary>
    /// <param name="parent">The folder in which it is made.</param>
    /// <exception cref="UserErrorException">The folder cannot be written to.</exception>
    public PrivateFolder(string parent)
    {
        string within = System.IO.Path.GetFullPath(parent);
        RemoveDead(within);
        (Path, _lock) = Create(within);
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Makes an empty file in it that only its owner can read, and gives its full path.</summary>
    public string File(string name)
    {
        string path = System.IO.Path.Combine(Path, name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, options).Dispose();
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Unfinished.Delete(Path);
        _lock.Dispose();
        Unfinished.Delete(Path); // where a lock's file could not be removed while it was held
        Unfinished.Forget(Path);
    }

    private static (string, FileLock) Create(string parent)
    {
        for (int i = 1; ; i++)
        {
            string path = HiddenName.PrivateFolder(parent);
            try
            {
                return AtomicFile.Explained(parent, () =>
                {
                    lock (Unfinished.Creating)
                    {
                        Unfinished.Add(path);
                        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path); // a user's folders are private by what they inherit
                        else Directory.CreateDirectory(path, OnlyMine);
                    }
                    return (path, FileLock.OnFolder(path));
                });
            }
            catch (UserErrorException e) when (i < Tries && Directory.Exists(parent)
                && (e.InnerException is DirectoryNotFoundException || e.Kind == ErrorKind.Passing && !AtomicFile.IsFull(e.InnerException!)))
            {
                Unfinished.Forget(path); // somebody takes it for a left-over in the moment before it is locked
            }
            catch
            {
                Unfinished.Delete(path);
                Unfinished.Forget(path);
                throw;
            }
        }
    }

    private static void RemoveDead(string parent)
    {
        try
        {
            foreach (DirectoryInfo folder in new DirectoryInfo(parent).EnumerateDirectories(".*").Where(f => HiddenName.IsPrivateFolder(f.Name)))
            {
                // Of another mode, it is none of ours.
                if (folder.LinkTarget is not null || (!OperatingSystem.IsWindows() && folder.UnixFileMode != OnlyMine)) continue;
                using FileLock? free = FileLock.OnFreeFolder(folder.FullName);
                if (free is not null) Unfinished.Delete(folder.FullName);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { } // making one says what is wrong
    }
}
