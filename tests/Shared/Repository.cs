namespace GanPipeline.Tests;

/// <summary>Files of the repository and beside it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string In(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The folder of a data set that is no part of the project; skips the test, and says so, where it is not there.</summary>
    public static string Data(string name)
    {
        string path = Path.Combine(Environment.GetEnvironmentVariable("GAN_DATA") ?? In("..", "shared", "data"), name);
        if (!Directory.Exists(path)) Assert.Skip($"{path} is not there; set GAN_DATA to the folder that holds '{name}'");
        return path;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GanPipeline.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
