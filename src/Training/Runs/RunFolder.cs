using GanPipeline.Training.Checkpoints;

namespace GanPipeline.Training.Runs;

/// <summary>The folder that a run writes into, and the names in it.</summary>
/// <param name="Path">The folder.</param>
internal sealed record RunFolder(string Path)
{
    /// <summary>The options that made the run, defaults included.</summary>
    public string Options => In("options.yaml");

    /// <summary>Losses and scores, a row each so many steps.</summary>
    public string Metrics => In("metrics.csv");

    /// <summary>The newest checkpoint.</summary>
    public string LastCheckpoint => In("last.ckpt");

    /// <summary>The checkpoint with the best quality that the probe has measured.</summary>
    public string BestCheckpoint => In("best.ckpt");

    /// <summary>The exported generator.</summary>
    public string GeneratorFile => In("generator.onnx");

    /// <summary>The picture of the fixed latents after an epoch.</summary>
    public string Samples(long epoch) => In(FormattableString.Invariant($"samples/epoch-{epoch:D4}.png"));

    /// <summary>
    /// The state that the run is gone on with, whoever goes on: the best where quality was measured, else the last. What is not of this run is not taken.
    /// </summary>
    /// <returns>The checkpoint, its file, and which it is, for people.</returns>
    /// <exception cref="UserErrorException">There is none, or it cannot be read.</exception>
    public (Checkpoint Checkpoint, string Path, string Which) Chosen()
    {
        Checkpoint? last = File.Exists(LastCheckpoint) ? Checkpoint.Read(LastCheckpoint) : null;
        Checkpoint? best = File.Exists(BestCheckpoint) ? Checkpoint.Read(BestCheckpoint) : null;
        if (best is not null && (last is null || BelongTogether(best.Header, last.Header)))
            return (best, BestCheckpoint, $"the best state that was measured, of step {best.Header.Step}");
        string which = $"the last state, of step {last?.Header.Step}" + (best is null ? "" : $" ({BestCheckpoint} is not of this run)");
        return last is not null ? (last, LastCheckpoint, which)
            : throw new UserErrorException($"{Path}: no checkpoint there. Name a run folder that 'gan train' made, or a .ckpt file.");
    }

    /// <summary>Whether a best state is the one that the last knows of, or was written after it, before a process was killed.</summary>
    private static bool BelongTogether(CheckpointHeader best, CheckpointHeader last) => best.DataSha256 == last.DataSha256
        && best.ClassNames.SequenceEqual(last.ClassNames) && (best.Step == last.Best.Step || best.Step > last.Step);

    /// <summary>A file of that name in the folder.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Checks that the folder can take a new run, or with <paramref name="resume"/> that nothing foreign is in it. Writes nothing.</summary>
    /// <exception cref="UserErrorException">It holds something that would be overwritten.</exception>
    public void Check(bool resume)
    {
        if (File.Exists(Path)) throw new UserErrorException($"{Path}: it is a file; --out must name a folder.");
        bool holdsRun = File.Exists(Options), empty = !Directory.Exists(Path)
            || Directory.EnumerateFileSystemEntries(Path).All(entry => AtomicFile.IsUnfinishedName(System.IO.Path.GetFileName(entry)));
        if (holdsRun && !resume) throw new UserErrorException($"{Path}: it already holds a run. Go on with it by --resume, or choose another --out.");
        if (!holdsRun && !empty) throw new UserErrorException($"{Path}: it holds files that are no run. Choose a new or empty folder for --out.");
        foreach (string folder in Folders) OwnedFolder.RefuseLinks(folder);
    }

    /// <summary>
    /// Makes the folder for a new run, or opens it to go on with the run that it holds, and lets no other process write a run into it until what is returned is
    /// disposed. A folder into which nothing was written by then goes again.
    /// </summary>
    /// <exception cref="UserErrorException">It holds something that would be overwritten, cannot be made, or another process writes a run into it.</exception>
    public IDisposable Open(bool resume)
    {
        Check(resume);
        bool isNew = !Directory.Exists(Path);
        Change(() => Directory.CreateDirectory(Path));
        var claim = new Claimed(this, FileLock.OnFolder(Path), isNew);
        try
        {
            Check(resume); // another process may have begun a run in the meantime
            foreach (string folder in Folders) OwnedFolder.RemoveLeftovers(folder);
            return claim;
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <summary>Makes it the folder of a run: what it held before, if anything, is this run's too.</summary>
    /// <param name="options">The options that make the run, as YAML.</param>
    public void Claim(string options)
    {
        // First of all, so that a run killed at any moment leaves a folder that is known to hold a run.
        AtomicFile.WriteAllText(Options, options);
    }

    /// <summary>Makes the folder of <see cref="Samples"/>, which a run without pictures has no use for.</summary>
    public void MakeSamples() => Change(() => Directory.CreateDirectory(In("samples")));

    /// <summary>The folder and those in it that a run writes into.</summary>
    private string[] Folders => [Path, In("samples"), In("pictures")];

    private void Change(Action change)
    {
        try { change(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{Path}: cannot be written to ({e.Message}). Choose another --out.", e);
        }
    }

    private sealed class Claimed(RunFolder folder, FileLock held, bool isNew) : IDisposable
    {
        public void Dispose()
        {
            held.Dispose();
            if (!isNew) return;
            try { Directory.Delete(folder.Path); }
            catch (IOException) { } // it is not empty, as it should be
        }
    }
}
