namespace GanPipeline.Primitives;

/// <summary>
/// Writes a long file so that it appears whole or not at all, and so that writing can go on after the process was stopped or killed: the part that was written
/// stays in a hidden file beside the target, with a key that says what it is a part of.
/// </summary>
public static class ResumableFile
{
    /// <summary>Writes <paramref name="path"/>, replacing what was there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">Says what is written: a part with another key is not gone on with.</param>
    /// <param name="resume">Whether to go on with the part that is there; otherwise it is thrown away.</param>
    /// <param name="write">Gets the part, at its start; it cuts off what is not whole and writes the rest. When it is cancelled, the part stays.</param>
    /// <exception cref="UserErrorException">The file cannot be written, or the part that is there has another key.</exception>
    public static void Write(string path, string key, bool resume, Action<FileStream> write)
    {
        var target = Path.GetFullPath(path);
        var part = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.part");
        var keyFile = part + ".key";
        var found = resume && File.Exists(part) && File.Exists(keyFile);
        if (found && File.ReadAllText(keyFile) != key)
        {
            throw new UserErrorException($"{path}: the part that is there was made from another generator or with other options; " +
                "leave --resume out to start over");
        }

        try
        {
            if (!found)
            {
                File.Delete(part);
                AtomicFile.WriteAllText(keyFile, key); // before the first byte of the part, so that no part is without its key
            }

            using (var stream = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(part, target, overwrite: true);
            File.Delete(keyFile);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Delete(part, keyFile);
            if (AtomicFile.Explain(e) is { } reason)
            {
                throw new UserErrorException($"{path}: cannot be written: {reason}", e);
            }

            throw;
        }
    }

    private static void Delete(params string[] files)
    {
        foreach (var file in files)
        {
            AtomicFile.TryDelete(file);
        }
    }
}
