using System.CommandLine;
using GanPipeline.Primitives;
using GanPipeline.Training.Runs;

namespace GanPipeline.Cli.Commands;

/// <summary>A generator file, or a run folder in its place.</summary>
internal static class GeneratorPath
{
    public static Argument<string> Argument() => Options.Argument("generator", "The generator file (.onnx), or the run folder that holds it.");

    /// <summary>The file.</summary>
    /// <exception cref="UserErrorException">It is a folder without one.</exception>
    public static string Of(string path) => !Directory.Exists(path) ? path : In(path)
        ?? throw new UserErrorException($"{path}: a folder that holds no generator.onnx; 'gan export {path}' makes it where 'gan train' has trained.");

    /// <summary>The file of a run folder; another folder, of samples, as it is.</summary>
    public static string OrSamples(string path) => Directory.Exists(path) ? In(path) ?? path : path;

    private static string? In(string folder) => new RunFolder(folder).GeneratorFile is var file && File.Exists(file) ? file : null;
}
