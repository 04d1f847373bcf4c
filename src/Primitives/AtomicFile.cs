using System.Text;

namespace GanPipeline.Primitives;

/// <summary>
/// Writes files so that a reader sees the old contents or the new ones, never a part: the bytes go to a hidden file beside the target, reach the disk, and are
/// then renamed over the target. A process that dies half-way leaves the target as it was.
/// </summary>
public static class AtomicFile
{
    private const int Enospc = 28;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Writes what <paramref name="write"/> puts into the stream to <paramref name="path"/>, replacing what was there.</summary>
    /// <exception cref="UserErrorException">The file cannot be written: no such folder, no permission, no space left.</exception>
    public static void Write(string path, Action<Stream> write) => Write<object?>(path, stream =>
    {
        write(stream);
        return null;
    });

    /// <summary>As <see cref="Write(string, Action{Stream})"/>; returns what <paramref name="write"/> returns.</summary>
    /// <exception cref="UserErrorException">The file cannot be written: no such folder, no permission, no space left.</exception>
    public static T Write<T>(string path, Func<Stream, T> write) => Publish(path, temporary =>
    {
        using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        var result = write(stream);
        stream.Flush(flushToDisk: true);
        return result;
    });

    /// <summary>Writes <paramref name="text"/> as UTF-8 without a byte order mark.</summary>
    /// <exception cref="UserErrorException">The file cannot be written: no such folder, no permission, no space left.</exception>
    public static void WriteAllText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// For writers that need a file name, or that check the file before it is published: <paramref name="make"/> gets the name of a file that does not exist
    /// yet, beside
    /// <paramref name="path"/>, and makes it; when it returns, the file takes the place of <paramref name="path"/>; when it throws, the file is removed.
    /// </summary>
    /// <exception cref="UserErrorException">The file cannot be written: no such folder, no permission, no space left.</exception>
    public static T Publish<T>(string path, Func<string, T> make)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target))
        {
            throw new UserErrorException($"{path}: cannot be written because it is a folder; name a file");
        }

        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            var result = make(temporary);
            File.Move(temporary, target, overwrite: true);
            return result;
        }
        catch (Exception e)
        {
            TryDelete(temporary);
            if (Explain(e) is { } reason)
            {
                throw new UserErrorException($"{path}: cannot be written: {reason}", e);
            }

            throw;
        }
    }

    internal static string? Explain(Exception e) => e switch
    {
        DirectoryNotFoundException => "its folder does not exist; create the folder first",
        UnauthorizedAccessException => "permission denied; choose another place, or make the folder writable",
        IOException { HResult: Enospc or WindowsDiskFull } => "no space left on the disk; free some, or choose another place",
        IOException => e.Message.TrimEnd('.') + "; choose another place, or free this one",
        _ => null,
    };

    internal static void TryDelete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that brought us here is the one to report; a hidden leftover does no harm.
        }
    }
    /// <summary>Removes what this process has begun to write and not finished, where it is about to end in the middle of that.</summary>
    public static void RemoveUnfinished()
    {
    }
}
