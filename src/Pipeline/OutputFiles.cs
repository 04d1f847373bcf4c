using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>
/// The files that the user named for a command to write. One that is there is refused, unless it may be replaced; while the command works, no other process can
/// claim them; and what an earlier process that was killed left of them is removed.
/// </summary>
internal sealed class OutputFiles : IDisposable
{
    private readonly List<FileLock> _locks = [];
    private readonly string[] _files;

    private OutputFiles(string[] files) => _files = files;

    /// <summary>Claims files, from before the work until they are written.</summary>
    /// <param name="force">Whether files that are there may be replaced.</param>
    /// <param name="paths">Their names; a pipe, a device or standard output (<c>-</c>) is none of a file's business and is written to as it stands.</param>
    /// <exception cref="UserErrorException">One is there, cannot be written, or is being written by another process.</exception>
    public static OutputFiles Claim(bool force, params IReadOnlyList<string> paths)
    {
        var files = new OutputFiles([.. paths.Where(p => !AtomicFile.IsStream(p))]);
        try
        {
            foreach (string path in files._files)
            {
                files._locks.Add(FileLock.OnFile(path));
                AtomicFile.RemoveLeftovers(path);
            }
            Check(force, paths);
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Refuses what <see cref="Claim"/> refuses, without writing anything.</summary>
    public static void Check(bool force, params IReadOnlyList<string> paths)
    {
        if (paths.Count(AtomicFile.IsStandardOutput) > 1)
            throw UserErrorException.Usage($"{AtomicFile.StandardStream}: standard output can take one of the outputs; name a file for the others.");
        string[] files = [.. paths.Where(p => !AtomicFile.IsStream(p))];
        if (force || (files.Length > 1 && ResumableOutput.IsUnfinished(files[0]))) return;
        foreach (string path in files)
            if (File.Exists(AtomicFile.FollowLinks(path)))
                throw new UserErrorException($"{path}: it is there already; choose another name, or give --force to replace it.");
    }

    /// <summary>Refuses to replace what the command reads, which would be gone even where <c>--force</c> was meant for another file.</summary>
    /// <param name="option">The option that names the output, for the message.</param>
    /// <param name="output">The output; null where there is none.</param>
    /// <param name="inputs">The files that are read; null and names of streams or folders stand for none.</param>
    /// <exception cref="UserErrorException">The output is one of the inputs.</exception>
    public static void RefuseInput(string option, string? output, params IReadOnlyList<string?> inputs)
    {
        if (output is null || AtomicFile.IsStream(output) || !File.Exists(output)) return;
        if (inputs.Any(i => File.Exists(i) && AreSame(output, i)))
            throw UserErrorException.Usage($"{option} {output}: it is the input itself; name another file.");
    }

    /// <summary>
    /// Writes files that belong together. A process that is killed when some of them are there leaves a note, by which the next one knows that they are no
    /// files to keep.
    /// </summary>
    public void Write(Action write)
    {
        if (_files.Length < 2)
        {
            write();
            return;
        }
        DateTime[] before = [.. _files.Select(File.GetLastWriteTimeUtc)];
        using var output = ResumableOutput.Open(_files[0], "", resume: false);
        output.Begin();
        try { write(); }
        catch
        {
            if (_files.Select(File.GetLastWriteTimeUtc).SequenceEqual(before)) output.Complete(); // nothing was written
            throw;
        }
        output.Complete();
    }

    /// <summary>Refuses what cannot be the folder that a command writes into.</summary>
    public static void CheckFolder(string path)
    {
        if (AtomicFile.IsStream(path) || File.Exists(path)) throw new UserErrorException($"{path}: a folder is written here, and this is none; name a folder.");
    }

    /// <summary>Whether two names lead to the same file.</summary>
    public static bool AreSame(string one, string other) => !AtomicFile.IsStream(one) && AtomicFile.FollowLinks(one) == AtomicFile.FollowLinks(other);

    public void Dispose()
    {
        foreach (FileLock held in _locks) held.Dispose();
    }
}
