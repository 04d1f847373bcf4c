using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace GanPipeline.Packages.Tests;

/// <summary>The types that the packages show; their members are recorded in each library's PublicAPI.Shipped.txt.</summary>
public class PublicSurfaceTests
{
    private const int Most = 120;

    [Fact]
    public void The_packages_show_few_types_and_none_is_named_like_another_or_like_one_of_the_frameworks_below()
    {
        string[] ours = [.. Directory.GetFiles(Feed.Shared.Packages, "*.nupkg").SelectMany(OfPackage)];
        Assert.InRange(ours.Length, 1, Most);
        Assert.Empty(ours.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key));
        string[] below =
        [
            .. Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "System.*.dll"),
            .. Directory.GetFiles(AppContext.BaseDirectory, "Microsoft.ML*.dll"), Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll"),
        ];
        HashSet<string> taken = [.. below.SelectMany(f => PublicTypes(File.ReadAllBytes(f)))];
        Assert.Superset(new HashSet<string> { "Dictionary", "MLContext", "Tensor" }, taken); // it did read them
        Assert.DoesNotContain(ours, taken.Contains);
    }

    private static IEnumerable<string> OfPackage(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        foreach (ZipArchiveEntry entry in archive.Entries
            .Where(e => e.FullName.StartsWith("lib/", StringComparison.Ordinal) && e.Name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            using Stream stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            foreach (string name in PublicTypes(bytes.ToArray())) yield return name;
        }
    }

    /// <summary>Names of an assembly's public types, without namespaces and numbers of parameters; nested ones go by their owner and are left out.</summary>
    private static string[] PublicTypes(byte[] assembly)
    {
        using var file = new PEReader(new MemoryStream(assembly));
        if (!file.HasMetadata) return []; // native
        MetadataReader reader = file.GetMetadataReader();
        return [.. reader.TypeDefinitions.Select(reader.GetTypeDefinition)
            .Where(t => (t.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public).Select(t => reader.GetString(t.Name).Split('`')[0])];
    }
}
