using Microsoft.Win32.SafeHandles;

namespace GanPipeline.Primitives;

/// <summary>
/// A claim to write a file, or into a folder, that no other process can make meanwhile. It is the system's lock on an open hidden file, so it ends with its
/// process, however that ends. Within a process it may be taken again: a stage and what it calls share it.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int Tries = 1000, Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, (SafeFileHandle Handle, int Count)> Held = new(StringComparer.Ordinal);

    private readonly string _path;
    private bool _disposed;

    private FileLock(string path) => _path = path;

    /// <summary>Claims the file of that name, which need not be there yet; its folder must be.</summary>
    /// <param name="target">The file; a link stands for what it leads to.</param>
    /// <exception cref="UserErrorException">Another process is writing it, or its folder cannot be written to.</exception>
    public static FileLock OnFile(string target) => Take(HiddenName.Lock(AtomicFile.FollowLinks(target)), target);

    /// <summary>Claims the folder, which must be there.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UserErrorException">Another process is writing into it, or it cannot be written to.</exception>
    public static FileLock OnFolder(string folder) => Take(HiddenName.FolderLock(Path.GetFullPath(folder)), folder);

    /// <summary>Claims a folder that no process holds, this one included; null where one does, or where it cannot be written to.</summary>
    internal static FileLock? OnFreeFolder(string folder)
    {
        lock (Gate)
        {
            try { return Held.ContainsKey(HiddenName.FolderLock(folder)) ? null : OnFolder(folder); }
            catch (UserErrorException) { return null; }
        }
    }

    private static FileLock Take(string path, string what)
    {
        lock (Gate)
        {
            SafeFileHandle handle = Held.TryGetValue(path, out (SafeFileHandle Handle, int Count) held) ? held.Handle
                : AtomicFile.Explained(what, () => Open(path, what));
            Held[path] = (handle, held.Count + 1);
            return new FileLock(path);
        }
    }

    private static SafeFileHandle Open(string path, string what)
    {
        FileOptions options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
        for (int i = 0, held = 1; i < Tries; i++)
        {
            try
            {
                lock (Unfinished.Creating)
                {
                    SafeFileHandle handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, options);
                    if (UnixFile.IsNameOf(path, handle))
                    {
                        Unfinished.Add(path);
                        return handle;
                    }
                    // Between opening and locking, the process that held it removed the name: the lock is on a file that nobody else would find.
                    handle.Dispose();
                }
            }
            catch (IOException e) when (AtomicFile.IsHeld(e) && held++ < Attempts)
            {
                Thread.Sleep(Pause); // who looks for left-overs holds it for a moment
                continue;
            }
            catch (IOException e) when (AtomicFile.IsHeld(e))
            {
                throw new UserErrorException($"{what}: another process is writing there; wait until it has ended, or choose another place.", e)
                {
                    Kind = ErrorKind.Passing,
                };
            }
        }
        throw new UserErrorException($"{what}: it cannot be locked, since {path} is no file that stays; remove that.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (Gate)
        {
            if (_disposed) return;
            _disposed = true;
            (SafeFileHandle handle, int count) = Held[_path];
            if (count > 1)
            {
                Held[_path] = (handle, count - 1);
                return;
            }
            Held.Remove(_path);
            if (!OperatingSystem.IsWindows()) Unfinished.Delete(_path); // before the lock ends, or it would be another's
            handle.Dispose();
            Unfinished.Forget(_path);
        }
    }
}
