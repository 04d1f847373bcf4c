// libtorch's default random generator, its number of threads and its count of live tensors belong to the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace GanPipeline.Training.Tests;

/// <summary>Files of the repository and beside it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string In(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GanPipeline.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
