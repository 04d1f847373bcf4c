namespace GanPipeline.Primitives;

/// <summary>
/// A hidden file beside its target that takes its place when it is whole. It is locked from the first moment until it has its final name, so that others can
/// tell it from what a killed process left.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private const int Tries = 100;
    private readonly string _target;
    private readonly FileStream _stream;

    /// <summary>Makes it, empty.</summary>
    /// <param name="target">The file whose place it is to take: a full path, and no link.</param>
    /// <param name="forOthers">Whether others open it by its name to write it.</param>
    public TemporaryFile(string target, bool forOthers)
    {
        _target = target;
        (Name, _stream) = Create(target, forOthers);
        try { KeepMode(); }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Its full path.</summary>
    public string Name { get; }

    public Stream Stream => _stream;

    /// <summary>Sees to it that its bytes are on the disk, and gives it its target's name.</summary>
    public void Publish()
    {
        if (_stream.CanWrite) _stream.Flush(flushToDisk: true);
        else
        {
            using var written = new FileStream(Name, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            written.Flush(flushToDisk: true);
        }
        File.Move(Name, _target, overwrite: true);
        Unfinished.Forget(Name);
        UnixFile.Sync(Path.GetDirectoryName(_target)!);
    }

    public void Dispose()
    {
        if (File.Exists(Name)) Unfinished.Delete(Name);
        Unfinished.Forget(Name);
        // Not flushed where it failed: what is in the buffer goes nowhere.
        _stream.SafeFileHandle.Dispose();
        _stream.Dispose();
    }

    /// <summary>A shared lock is enough: who cleans up asks for one of its own.</summary>
    private static (string Name, FileStream Stream) Create(string target, bool forOthers)
    {
        for (int i = 1; ; i++)
        {
            string name = HiddenName.Temporary(target);
            try
            {
                lock (Unfinished.Creating)
                {
                    Unfinished.Add(name);
                    return (name, forOthers
                        ? new FileStream(name, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0)
                        : new FileStream(name, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16));
                }
            }
            catch (IOException e) when (AtomicFile.IsHeld(e) && i < Tries)
            {
                Unfinished.Forget(name); // somebody cleaned it up in the moment before it was locked
            }
            catch
            {
                Unfinished.Forget(name);
                throw;
            }
        }
    }

    /// <summary>A file that only its owner could read stays one.</summary>
    private void KeepMode()
    {
        if (!OperatingSystem.IsWindows() && File.Exists(_target)) File.SetUnixFileMode(Name, File.GetUnixFileMode(_target));
    }
}
