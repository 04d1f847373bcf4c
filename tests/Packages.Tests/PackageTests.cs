using System.IO.Compression;
using System.Xml.Linq;

namespace GanPipeline.Packages.Tests;

/// <summary>What is in the packages.</summary>
public class PackageTests
{
    private static readonly string[] Libraries = ["GanPipeline.Inference", "GanPipeline.MlNet", "GanPipeline", "GanPipeline.MlNet.Training"];

    [Fact]
    public void Each_assembly_is_in_one_package_with_its_documentation_and_its_symbols()
    {
        Dictionary<string, string[]> files = Libraries.ToDictionary(p => p, p => Files(p, "nupkg"));
        string[] assemblies = [.. files.Values.SelectMany(f => f).Where(f => f.EndsWith(".dll", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(Directory.GetFiles(Repository.In("src"), "*.csproj", SearchOption.AllDirectories).Select(p => Path.GetFileNameWithoutExtension(p))
            .Where(n => n != "GanPipeline.Cli").Select(n => $"lib/net10.0/{n}.dll").Order(StringComparer.Ordinal), assemblies);
        foreach ((string package, string[] inside) in files)
        {
            string[] symbols = Files(package, "snupkg");
            foreach (string assembly in inside.Where(f => f.EndsWith(".dll", StringComparison.Ordinal)))
            {
                Assert.Contains(Path.ChangeExtension(assembly, ".xml"), inside);
                Assert.Contains(Path.ChangeExtension(assembly, ".pdb"), symbols);
            }
            Assert.DoesNotContain(inside, f => f.StartsWith("runtimes/", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_package_says_what_it_is_and_depends_on_the_same_version_of_ours_and_on_no_native_library()
    {
        foreach (string package in Libraries.Append("GanPipeline.Tool"))
        {
            XElement about = Manifest(package);
            foreach (string field in new[] { "description", "authors", "license", "icon", "readme", "tags", "copyright" })
                Assert.False(string.IsNullOrWhiteSpace(Value(about, field)), $"{package}: {field}");
            foreach (string file in new[] { Value(about, "icon"), Value(about, "readme") }) Assert.Contains(file, Files(package, "nupkg"));
        }
        foreach (string package in Libraries)
        {
            foreach ((string id, string version) in Dependencies(package))
            {
                if (id.StartsWith("GanPipeline", StringComparison.Ordinal)) Assert.Equal($"[{Version(package)}]", version);
                Assert.False(id.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase) || id is "Microsoft.ML.OnnxRuntime", $"{package}: {id}");
            }
        }
        Assert.Equal(["GanPipeline.Inference"], Ours("GanPipeline.MlNet"));
        Assert.Equal(["GanPipeline.MlNet"], Ours("GanPipeline"));
        Assert.Equal(["GanPipeline", "GanPipeline.MlNet"], Ours("GanPipeline.MlNet.Training"));
        Assert.DoesNotContain("TorchSharp", new[] { "GanPipeline.Inference", "GanPipeline.MlNet" }.SelectMany(p => Dependencies(p).Select(d => d.Id)));

        static string[] Ours(string package) => [.. Dependencies(package).Select(d => d.Id).Where(id => Libraries.Contains(id)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void The_tools_package_for_a_platform_is_one_that_public_feeds_take()
    {
        const long Most = 250_000_000; // the most that public feeds take
        foreach (string file in Directory.GetFiles(Feed.Shared.Packages, "GanPipeline.Tool.*.nupkg"))
            Assert.InRange(new FileInfo(file).Length, 1, Most);
    }

    private static ZipArchive Open(string package, string extension) =>
        ZipFile.OpenRead(Path.Combine(Feed.Shared.Packages, $"{package}.{Version(package)}.{extension}"));

    private static string[] Files(string package, string extension)
    {
        using ZipArchive archive = Open(package, extension);
        return [.. archive.Entries.Select(e => e.FullName)];
    }

    private static string Version(string package)
    {
        string file = Directory.GetFiles(Feed.Shared.Packages, $"{package}.*.nupkg").Select(f => Path.GetFileNameWithoutExtension(f)[(package.Length + 1)..])
            .Single(v => char.IsAsciiDigit(v[0]));
        return file;
    }

    private static XElement Manifest(string package)
    {
        using ZipArchive archive = Open(package, "nupkg");
        using Stream stream = archive.GetEntry($"{package}.nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
    }

    private static string Value(XElement about, string field) => about.Elements().SingleOrDefault(e => e.Name.LocalName == field)?.Value ?? "";

    private static IEnumerable<(string Id, string Version)> Dependencies(string package) => Manifest(package).Descendants()
        .Where(e => e.Name.LocalName == "dependency").Select(e => (e.Attribute("id")!.Value, e.Attribute("version")!.Value));
}
