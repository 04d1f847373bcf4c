namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>
/// The files and folders of some pattern that appear among the system's temporary ones. Other tests and programs that run meanwhile make such files too, but
/// remove them soon.
/// </summary>
internal sealed class TemporaryFiles(string pattern)
{
    private readonly string[] _before = Directory.GetFileSystemEntries(Path.GetTempPath(), pattern);

    public void AssertNoneStays()
    {
        string[] appeared = [.. Directory.GetFileSystemEntries(Path.GetTempPath(), pattern).Except(_before)];
        SpinWait.SpinUntil(() => !appeared.Any(Path.Exists), TimeSpan.FromMinutes(5));
        Assert.DoesNotContain(appeared, Path.Exists);
    }
}
