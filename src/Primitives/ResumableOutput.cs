using System.Text;

namespace GanPipeline.Primitives;

/// <summary>
/// A long output that appears whole or not at all, and that can be gone on with after its process was stopped or killed: the part that was written stays in a
/// hidden file beside the target, with a key that says what it is a part of. While it is open, no other process can write the same target.
/// </summary>
internal sealed class ResumableOutput : IDisposable
{
    private readonly FileLock _lock;
    private readonly string _path, _target, _key;
    private string _part;
    private bool _isOthers;

    private ResumableOutput(string path, string key, FileLock held)
    {
        (_path, _key, _lock) = (path, key, held);
        _target = AtomicFile.FollowLinks(path);
        _part = HiddenName.Part(_target);
    }

    /// <summary>Whether there was something to go on with, of this key.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>Whether the file was whole and had its name before; only what belongs to it may be lacking.</summary>
    public bool IsWritten => IsResumed && !File.Exists(_part) && File.Exists(_target);

    /// <summary>Claims the target, and looks for what is there of it.</summary>
    /// <param name="path">The file; for several files, a name that stands for them all.</param>
    /// <param name="key">Says what is written: a part with another key is not gone on with.</param>
    /// <param name="resume">Whether to go on with the part that is there; otherwise it is thrown away.</param>
    /// <exception cref="UserErrorException">Another process writes it, it cannot be written, or the part that is there has another key.</exception>
    public static ResumableOutput Open(string path, string key, bool resume)
    {
        FileLock held = FileLock.OnFile(path);
        try
        {
            var output = new ResumableOutput(path, key, held);
            AtomicFile.RemoveLeftovers(path);
            if (resume) output.Find();
            else output.RemoveParts();
            return output;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Whether a process began with the file, or what belongs to it, and has not ended with it.</summary>
    public static bool IsUnfinished(string path)
    {
        string target = AtomicFile.FollowLinks(path);
        return Hidden(target, HiddenName.IsKey).Length > 0;
    }

    /// <summary>Notes the key for an output of several files, before the first of them.</summary>
    public void Begin()
    {
        if (IsResumed) return;
        AtomicFile.WriteAllText(HiddenName.KeyOf(_part), _key);
        IsResumed = true;
    }

    /// <summary>Writes the file, or what is lacking of it, and gives it its name.</summary>
    /// <param name="write">Gets the part, at its start; it cuts off what is not whole and writes the rest. When it is cancelled, or the disk is full, the part
    /// stays.</param>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public void WriteFile(Action<FileStream> write)
    {
        try
        {
            using (var stream = new FileStream(_part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16))
            {
                Begin(); // after the part is there: a key without a part says that the part has become the file
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(_part, _target, overwrite: true);
            UnixFile.Sync(Path.GetDirectoryName(_target)!);
        }
        catch (Exception e) when (AtomicFile.Explain(e) is var (reason, kind))
        {
            throw new UserErrorException($"{_path}: cannot be written: {reason}; what there is of it stays, and --resume goes on with it", e) { Kind = kind };
        }
        catch (Exception e) when (e is not OperationCanceledException && !_isOthers)
        {
            Complete(); // what fails by itself fails again, and there is no earlier work in it
            Unfinished.Delete(_part);
            throw;
        }
    }

    /// <summary>Says that nothing is lacking any more, neither of the file nor of what belongs to it.</summary>
    public void Complete() => Unfinished.Delete(HiddenName.KeyOf(_part));

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private void Find()
    {
        FileInfo[] keys = Hidden(_target, HiddenName.IsKey);
        if (keys.Length > 0)
        {
            string ours = keys.FirstOrDefault(k => k.Length == Encoding.UTF8.GetByteCount(_key) && File.ReadAllText(k.FullName) == _key)?.FullName
                ?? throw new UserErrorException($"{_path}: the part that is there was made from another generator or with other options; " +
                    "leave --resume out to start over");
            _part = Path.ChangeExtension(ours, null);
            IsResumed = _isOthers = true;
        }
        RemoveParts();
    }

    /// <summary>Removes what is not gone on with. Keys first: one without its part would say that the file is whole.</summary>
    private void RemoveParts()
    {
        string key = HiddenName.KeyOf(_part);
        foreach (FileInfo other in Hidden(_target, HiddenName.IsKey).Where(k => k.FullName != key)) Unfinished.Delete(other.FullName);
        foreach (FileInfo other in Hidden(_target, HiddenName.IsPart).Where(p => p.FullName != _part)) Unfinished.RemoveIfDead(other.FullName);
    }

    private static FileInfo[] Hidden(string target, Func<string, string, bool> isOne) =>
        [.. Unfinished.Files(Path.GetDirectoryName(target)!).Where(f => isOne(f.Name, Path.GetFileName(target)))];
}
