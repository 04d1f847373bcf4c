using System.Runtime.InteropServices;
using GanPipeline.Packages.Tests;

[assembly: AssemblyFixture(typeof(FeedCleanUp))]

namespace GanPipeline.Packages.Tests;

/// <summary>
/// The packages, made once of what has been built, and a machine that has nothing but them: a home folder of its own, no package cache, and the folder as feed.
/// The packages of others come from the cache that the build was restored from, which stands for their feed: nothing is fetched.
/// </summary>
internal sealed class Feed
{
    private static readonly Lazy<Feed> Made = new(() => new Feed());
    private readonly TemporaryFolder _root = new();

    private Feed()
    {
        Packages = Directory.CreateDirectory(_root["packages"]).FullName;
        Home = Directory.CreateDirectory(_root["home"]).FullName;
        Shell.Run(Repository.Root, $"scripts/pack.sh --built '{Packages}'", []);
        string cache = Shell.Run(Repository.Root, "dotnet nuget locals global-packages --list --force-english-output", [])
            .Split("global-packages: ")[1].Trim();
        Directory.CreateDirectory(Path.Combine(Home, ".nuget", "NuGet"));
        File.WriteAllText(Path.Combine(Home, ".nuget", "NuGet", "NuGet.Config"), $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{Packages}" /><add key="others" value="{cache}" /></packageSources>
              <fallbackPackageFolders><add key="cache" value="{cache}" /></fallbackPackageFolders>
            </configuration>
            """);
        Environment = new Dictionary<string, string>
        {
            ["HOME"] = Home,
            ["DOTNET_CLI_HOME"] = Home,
            ["NUGET_PACKAGES"] = _root["cache"],
            ["XDG_CACHE_HOME"] = _root["xdg"],
            ["PATH"] = $"{Path.Combine(Home, ".dotnet", "tools")}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
        };
    }

    public static Feed Shared => Made.Value;

    /// <summary>The folder of the packages.</summary>
    public string Packages { get; }

    public string Home { get; }

    /// <summary>The environment of that machine's commands.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>An empty folder on that machine.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(_root[name]).FullName;

    public string Run(string folder, string lines) => Shell.Run(folder, lines, Environment);

    public static void Remove()
    {
        if (Made.IsValueCreated) Shared._root.Dispose();
    }
}

/// <summary>Removes the packages when all tests have run.</summary>
public sealed class FeedCleanUp : IDisposable
{
    public void Dispose() => Feed.Remove();
}
