using GanPipeline.Primitives;

namespace GanPipeline.Training.Runs;

/// <summary>The folder that a run writes into, and the names in it.</summary>
/// <param name="Path">The folder.</param>
public sealed record RunFolder(string Path)
{
    /// <summary>The options that made the run, defaults included.</summary>
    public string Options => In("options.yaml");

    /// <summary>Losses and scores, a row each so many steps.</summary>
    public string Metrics => In("metrics.csv");

    /// <summary>The newest checkpoint.</summary>
    public string LastCheckpoint => In("last.ckpt");

    /// <summary>The exported generator.</summary>
    public string GeneratorFile => In("generator.onnx");

    /// <summary>The picture of the fixed latents after an epoch.</summary>
    public string Samples(long epoch) => In(FormattableString.Invariant($"samples/epoch-{epoch:D4}.png"));

    /// <summary>A file of that name in the folder.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Checks that the folder can take a new run, or with <paramref name="resume"/> that nothing foreign is in it. Writes nothing.</summary>
    /// <exception cref="UserErrorException">It holds something that would be overwritten.</exception>
    public void Check(bool resume)
    {
        if (File.Exists(Path)) throw new UserErrorException($"{Path}: it is a file; --out must name a folder.");
        bool holdsRun = File.Exists(Options), empty = !Directory.Exists(Path) || !Directory.EnumerateFileSystemEntries(Path).Any();
        if (holdsRun && !resume) throw new UserErrorException($"{Path}: it already holds a run. Go on with it by --resume, or choose another --out.");
        if (!holdsRun && !empty) throw new UserErrorException($"{Path}: it holds files that are no run. Choose a new or empty folder for --out.");
    }

    /// <summary>Makes the folder for a new run, or opens it to go on with the run that it holds.</summary>
    /// <exception cref="UserErrorException">It holds something that would be overwritten, or cannot be made.</exception>
    public void Open(bool resume)
    {
        Check(resume);
        try { Directory.CreateDirectory(In("samples")); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw new UserErrorException($"{Path}: cannot be written to ({e.Message}). Choose another --out.", e); }
    }
}
