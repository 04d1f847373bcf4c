using System.Text;

namespace GanPipeline.Primitives;

/// <summary>
/// Writes files so that a reader sees the old contents or the new ones, never a part: the bytes go to a hidden file beside the target, reach the disk, and are
/// then renamed over the target. A process that dies half-way leaves the target as it was. A link is followed and stays; what is no file but takes bytes, a
/// pipe or a device, is written to as it stands; <c>-</c> is standard output (<c>./-</c> is a file).
/// </summary>
internal static class AtomicFile
{
    /// <summary>The name that stands for standard output, or where something is read for standard input.</summary>
    public const string StandardStream = "-";

    private const int Eagain = 11, EagainMac = 35, Enospc = 28, Epipe = 32, Erofs = 30, Edquot = 122, EdquotMac = 69;
    private const int WindowsHeld = unchecked((int)0x80070020), WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Writes what <paramref name="write"/> puts into the stream to <paramref name="path"/>, replacing what was there.</summary>
    /// <exception cref="UserErrorException">The file cannot be written: no such folder, no permission, no space left.</exception>
    public static void Write(string path, Action<Stream> write) => Write<object?>(path, stream =>
    {
        write(stream);
        return null;
    });

    /// <summary>As <see cref="Write(string, Action{Stream})"/>; returns what <paramref name="write"/> returns.</summary>
    /// <exception cref="UserErrorException">The file cannot be written: no such folder, no permission, no space left.</exception>
    public static T Write<T>(string path, Func<Stream, T> write) => Explained(path, () =>
    {
        if (IsStream(path)) return InPlace(path, write);
        using var file = new TemporaryFile(FollowLinks(path), forOthers: false);
        T result = write(file.Stream);
        file.Publish();
        return result;
    });

    /// <summary>Writes <paramref name="text"/> as UTF-8 without a byte order mark.</summary>
    /// <exception cref="UserErrorException">The file cannot be written: no such folder, no permission, no space left.</exception>
    public static void WriteAllText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// For writers that need a file name, or that check the file before it is published: <paramref name="make"/> gets the name of an empty file beside
    /// <paramref name="path"/>, and fills it; when it returns, the file takes the place of <paramref name="path"/>; when it throws, the file is removed.
    /// </summary>
    /// <exception cref="UserErrorException">The file cannot be written: no such folder, no permission, no space left.</exception>
    public static T Publish<T>(string path, Func<string, T> make) => Explained(path, () =>
    {
        if (IsStream(path))
        {
            using var folder = new PrivateFolder(Path.GetTempPath());
            string whole = folder.File("output");
            T made = make(whole);
            using FileStream source = File.OpenRead(whole);
            return InPlace(path, stream =>
            {
                source.CopyTo(stream);
                return made;
            });
        }
        using var file = new TemporaryFile(FollowLinks(path), forOthers: true);
        T result = make(file.Name);
        file.Publish();
        return result;
    });

    /// <summary>
    /// Removes what this process is writing under hidden names, for one that has to end at once; parts to go on with stay, and no other thread begins anything
    /// until the caller disposes of what it gets. Never throws.
    /// </summary>
    public static IDisposable RemoveUnfinished() => Unfinished.RemoveAll();

    /// <summary>Removes what killed processes left when they were writing <paramref name="path"/>; what a living one is writing stays.</summary>
    public static void RemoveLeftovers(string path)
    {
        if (IsStream(path)) return;
        string target = FollowLinks(path);
        Unfinished.RemoveDead(Path.GetDirectoryName(target)!, Path.GetFileName(target));
    }

    /// <summary>Whether a file's name, without its folder, is one that this program gives to what it has not finished.</summary>
    public static bool IsUnfinishedName(string name) => HiddenName.IsAny(name);

    /// <summary>Whether it is written to as it stands: standard output, a pipe or a device.</summary>
    public static bool IsStream(string path) => path.Length > 0 && (IsStandardOutput(path) || UnixFile.Kind(path) == FileKind.Stream);

    /// <summary>Whether the name stands for standard output.</summary>
    public static bool IsStandardOutput(string path) =>
        path == StandardStream || (!OperatingSystem.IsWindows() && path is "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1");

    /// <summary>The file that is written under that name: a full path, and no link.</summary>
    /// <exception cref="UserErrorException">It is a folder or a socket, or its links lead in a circle.</exception>
    public static string FollowLinks(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string target = Path.GetFullPath(path); // .NET takes a relative link of a relative name for one from the root
        try { target = Path.GetFullPath(File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target); }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new UserErrorException($"{path}: cannot be written because its links lead nowhere ({e.Message.TrimEnd('.')}); name a file", e);
        }
        catch (IOException) { } // the folder is missing, which writing says
        return UnixFile.Kind(target) switch
        {
            FileKind.Folder => throw new UserErrorException($"{path}: cannot be written because it is a folder; name a file"),
            FileKind.Other =>
                throw new UserErrorException($"{path}: cannot be written because it is a socket or something else that takes no bytes; name a file"),
            _ => target,
        };
    }

    internal static T Explained<T>(string path, Func<T> work)
    {
        try { return work(); }
        catch (Exception e) when (Explain(e) is var (reason, kind))
        {
            throw new UserErrorException($"{path}: cannot be written: {reason}", e) { Kind = kind };
        }
    }

    internal static (string Reason, ErrorKind Kind)? Explain(Exception e) => e switch
    {
        DirectoryNotFoundException => ("its folder does not exist; create the folder first", ErrorKind.Input),
        UnauthorizedAccessException => ("permission denied; choose another place, or make the folder writable", ErrorKind.Input),
        _ when IsFull(e) => ("no space left on the disk; free some, or choose another place", ErrorKind.Passing),
        IOException when IsHeld(e) => ("another process has it open; wait until that has ended, or choose another place", ErrorKind.Passing),
        IOException { HResult: Epipe } => ("who reads it has closed it; nothing more was written", ErrorKind.Failed),
        IOException { HResult: Erofs } or PathTooLongException => (e.Message.TrimEnd('.') + "; choose another place", ErrorKind.Input),
        IOException => (e.Message.TrimEnd('.') + "; choose another place, or free this one", ErrorKind.Failed),
        _ => null,
    };

    /// <summary>What kind of error it is that a file or a folder cannot be written.</summary>
    public static ErrorKind KindOf(Exception e) => Explain(e)?.Kind ?? ErrorKind.Failed;

    /// <summary>Whether another has the file open and lets nobody else.</summary>
    internal static bool IsHeld(Exception e) => e is IOException { HResult: Eagain or EagainMac or WindowsHeld };

    /// <summary>Whether there was no space left on the disk, or none of what this user may have.</summary>
    internal static bool IsFull(Exception e) =>
        e is IOException { HResult: Enospc or Edquot or WindowsDiskFull } || (OperatingSystem.IsMacOS() && e is IOException { HResult: EdquotMac });

    private static T InPlace<T>(string path, Func<Stream, T> write)
    {
        using Stream stream = IsStandardOutput(path) ? StandardStreams.Output()
            : new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1 << 16);
        try
        {
            T result = write(stream);
            stream.Flush();
            return result;
        }
        catch (IOException) when (stream is FileStream file)
        {
            file.SafeFileHandle.Dispose(); // or disposing would try once more to write what is in the buffer
            throw;
        }
    }
}
