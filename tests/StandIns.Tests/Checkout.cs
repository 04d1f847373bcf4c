namespace GanPipeline.StandIns.Tests;

internal static class Checkout
{
    /// <summary>The folder of the sources that this test was built from.</summary>
    internal static string Root { get; } = Find();

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "GanPipeline.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("no GanPipeline.sln above the test");
    }
}
