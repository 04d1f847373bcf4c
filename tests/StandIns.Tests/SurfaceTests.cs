using System.Reflection;

namespace GanPipeline.StandIns.Tests;

/// <summary>
/// A stand-in's public surface is a part of upstream's: the recorded lines. Where a stack takes the real package, the same record is checked against the real
/// package, so it cannot lie. scripts/record-api.sh renews a record.
/// </summary>
public class SurfaceTests
{
    /// <summary>A stand-in, and the assemblies of upstream's that it stands for.</summary>
    public static TheoryData<string, string[]> Assemblies => new()
    {
        { "TorchSharp", ["TorchSharp"] },
        { "Microsoft.ML", ["Microsoft.ML.Core", "Microsoft.ML.Data", "Microsoft.ML.DataView"] },
    };

    private static bool IsStandIn(string name) =>
        typeof(SurfaceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(a => a.Key == name && a.Value == "system");

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void StandInHasNothingThatUpstreamLacks(string standIn, string[] upstream)
    {
        bool isStandIn = IsStandIn(standIn);
        string[] assemblies = isStandIn ? [standIn] : upstream;
        SortedSet<string> lines = new(assemblies.SelectMany(assembly => PublicSurface.Of(Assembly.Load(assembly))), StringComparer.Ordinal);
        string path = Path.Combine(Repository.Root, "system", standIn, "upstream-api.txt");
        string[] recorded = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (isStandIn)
        {
            Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts/surface"));
            File.WriteAllLines(Path.Combine(Repository.Root, "artifacts/surface", standIn + ".txt"), lines); // what scripts/record-api.sh reads
            Assert.Empty(Excess(lines, recorded));
        }
        else
        {
            Assert.Empty(recorded.Except(lines));
        }
    }

    [Theory]
    [InlineData("A.B = class : A.C", "A.B = class : A.C, System.IDisposable", true)]
    [InlineData("A.B = class : A.C", "A.B = class : System.IDisposable", false)]
    [InlineData("A.B = sealed class", "A.B = class", false)]
    [InlineData("A.B = class : G<X, Y>", "A.B = class : G<X, Y>, Z", true)]
    [InlineData("A.B.f(System.Int32 n = 1) : System.Void", "A.B.f(System.Int32 n = 2) : System.Void", false)]
    [InlineData("A.B.One = 1", "A.B.One = 1", true)]
    public void AnExcessIsSeen(string line, string upstream, bool covered) => Assert.Equal(covered, Excess([line], [upstream]).Count == 0);

    private static List<string> Excess(IEnumerable<string> lines, IReadOnlyCollection<string> upstream)
    {
        var exact = upstream.ToHashSet();
        var types = upstream.Select(PublicSurface.Header).OfType<(string Name, string Kind, string[] Bases)>().ToDictionary(h => h.Name);
        return [.. lines.Where(line => !exact.Contains(line) && !IsPartOf(line))];

        bool IsPartOf(string line) =>
            PublicSurface.Header(line) is { } ours && types.TryGetValue(ours.Name, out var theirs) && ours.Kind == theirs.Kind
                && !ours.Bases.Except(theirs.Bases).Any();
    }
}
