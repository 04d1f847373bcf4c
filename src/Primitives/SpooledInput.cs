using Microsoft.Win32.SafeHandles;

namespace GanPipeline.Primitives;

/// <summary>
/// Files that are read more than once, also where they can be only once: what standard input (<c>-</c>) or a pipe gives is kept in a temporary file for as long
/// as the process lives.
/// </summary>
internal static class SpooledInput
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, SafeFileHandle> Kept = new(StringComparer.Ordinal);

    /// <summary>Whether the name stands for standard input.</summary>
    public static bool IsStandardInput(string path) =>
        path == AtomicFile.StandardStream || (!OperatingSystem.IsWindows() && path is "/dev/stdin" or "/dev/fd/0" or "/proc/self/fd/0");

    /// <summary>Whether there is something to open under that name.</summary>
    public static bool Exists(string path) => IsStandardInput(path) || File.Exists(path);

    /// <summary>The file's name without its folder.</summary>
    public static string Name(string path) => IsStandardInput(path) ? "stdin" : Path.GetFileName(path);

    /// <summary>Opens it for reading, at its start; the stream can be sought in.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="UserErrorException">It is a device, which may have no end.</exception>
    public static FileStream Open(string path)
    {
        if (!IsStandardInput(path))
        {
            if (UnixFile.IsDevice(path)) throw new UserErrorException($"{path}: it is a device; give a file, a pipe, or - for standard input.");
            if (UnixFile.Kind(path) != FileKind.Stream) return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        SafeFileHandle kept;
        lock (Gate) if (!Kept.TryGetValue(path, out kept!)) Kept[path] = kept = Keep(path);
        // Each reader has a place of its own; the file itself stays open.
        return new FileStream(new SafeFileHandle(kept.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, 1 << 16);
    }

    private static SafeFileHandle Keep(string path)
    {
        using Stream source = IsStandardInput(path) ? StandardStreams.Input()
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        SafeFileHandle file = UnnamedFile.Create("ganpipeline-input");
        try
        {
            byte[] block = new byte[1 << 16];
            long length = 0;
            for (int read; (read = source.Read(block)) > 0; length += read) RandomAccess.Write(file, block.AsSpan(0, read), length);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
