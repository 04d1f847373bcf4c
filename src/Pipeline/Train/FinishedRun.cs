using System.Text.Json;
using GanPipeline.Primitives;
using GanPipeline.Report;
using GanPipeline.Training.Config;
using GanPipeline.Training.Runs;

namespace GanPipeline.Stages;

/// <summary>
/// The file of a run folder that says that nothing is left to be done there: it holds the command, the data and the options. Without it, to resume a finished
/// run would read the data and evaluate the samples again to find that out.
/// </summary>
internal static class FinishedRun
{
    public const string Train = "train", Run = "run";

    private const string Name = "finished.yaml";

    /// <summary>Whether the folder holds the whole of what the command would make.</summary>
    public static bool IsThere(RunJob job, string command) =>
        job.Mode.Resume && IsThere(job.Out, command, Text(command, job.Data, job.Options)) is true;

    /// <summary>Whether the folder's run is finished; null where a run of other options, data or command is.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="command">The command that it is finished for.</param>
    /// <param name="text">What <see cref="Text"/> gives for the run.</param>
    public static bool? IsThere(string folder, string command, string text)
    {
        if (!File.Exists(PathIn(folder))) return false;
        string found = File.ReadAllText(PathIn(folder));
        return !found.StartsWith(text, StringComparison.Ordinal) ? null : found == text + Files(folder, command);
    }

    /// <summary>What says of which run the file is.</summary>
    public static string Text(string command, string? data, RunOptions options)
    {
        RunOptions run = command == Run ? options with { Data = options.Data.WithTestPart() } : options;
        return $"# gan {command}, data: {JsonSerializer.Serialize(data is null ? null : Path.GetFullPath(data))}\n{Preset.ToYaml(run)}";
    }

    public static void Write(RunJob job, string command)
    {
        AtomicFile.WriteAllText(PathIn(job.Out), Text(command, job.Data, job.Options) + Files(job.Out, command));
        RunFiles.Write(job.Out);
    }

    /// <summary>The files that others are made from, with their lengths: one that was removed or cut short since is made again.</summary>
    private static string Files(string folder, string command)
    {
        var run = new RunFolder(folder);
        string[] files = command == Run ? [run.LastCheckpoint, run.GeneratorFile] : [run.LastCheckpoint];
        return string.Concat(files.Where(File.Exists).Select(f => $"# {Path.GetFileName(f)}: {new FileInfo(f).Length} bytes\n"));
    }

    public static string PathIn(string folder) => new RunFolder(folder).In(Name);

    /// <summary>Before anything in the folder is changed, since until it is whole again it is not finished.</summary>
    public static void Remove(string folder)
    {
        if (File.Exists(PathIn(folder))) File.Delete(PathIn(folder)); // where there is no folder yet, deleting is an error
    }
}
