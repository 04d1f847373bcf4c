namespace GanPipeline.Tests;

/// <summary>A folder for one test, removed with all that is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Name { get; } = Directory.CreateTempSubdirectory("gan-test-").FullName;

    public string this[string file] => Path.Combine(Name, file);

    public string Make(string file, byte[] contents)
    {
        File.WriteAllBytes(this[file], contents);
        return this[file];
    }

    public void Dispose() => Directory.Delete(Name, recursive: true);
}
