using GanPipeline.Training.Native;

namespace GanPipeline.Training.Tests.Native;

public class SymbolVersionsTests
{
    private const string Version = "GLIBCXX_3.4.32", Anchor = "_ZSt21ios_base_library_initv";

    private static readonly byte[] s_library = OperatingSystem.IsLinux() ? File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, TorchLibrary.FileName))
        : [];

    private static byte[] Library
    {
        get
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has ELF libraries");
            return s_library;
        }
    }

    [Fact]
    public void One_flag_of_TorchSharps_library_is_changed_and_nothing_else()
    {
        byte[] copy = new SymbolVersions(Library).WithOptional(Version, Anchor)!;
        int[] changed = [.. Enumerable.Range(0, copy.Length).Where(i => copy[i] != Library[i])];
        Assert.Equal(Library.Length, copy.Length);
        Assert.Equal((0, 2), (Library[Assert.Single(changed)], copy[changed[0]])); // VER_FLG_WEAK
    }

    [Fact]
    public void A_version_of_which_more_is_used_or_that_is_not_asked_for_stays()
    {
        var versions = new SymbolVersions(Library);
        Assert.Null(versions.WithOptional("GLIBCXX_3.4.21", Anchor)); // functions that are called
        Assert.Null(versions.WithOptional(Version, "another symbol"));
        Assert.Null(versions.WithOptional("GLIBCXX_9.9.9", Anchor));
    }

    [Fact]
    public void What_it_takes_from_libtorch_is_found()
    {
        List<string> names = new SymbolVersions(Library).Undefined();
        Assert.True(names.Count(name => name.StartsWith("_ZN2at", StringComparison.Ordinal)) > 100, $"{names.Count} names");
        Assert.DoesNotContain("", names);
    }

    [Fact]
    public void Damaged_libraries_are_refused_and_never_read_beyond_their_end()
    {
        // The tables that lead to everything: the header, and the section headers at the end. Only there a wrong number matters.
        byte[] damaged = (byte[])Library.Clone();
        var random = new Random(1);
        int end = damaged.Length - 64 * BitConverter.ToUInt16(damaged, 60);
        for (int i = 0; i < 300; i++)
        {
            int at = random.Next(3) == 0 ? random.Next(6, 64) : random.Next(end, damaged.Length);
            byte before = damaged[at];
            damaged[at] = (byte)random.Next(256);
            Try(() => new SymbolVersions(damaged).WithOptional(Version, Anchor));
            damaged[at] = before;
        }
        foreach (int length in new[] { 0, 5, 63, 64, 4096, damaged.Length / 2, damaged.Length - 1 }) Try(() =>
            new SymbolVersions(damaged[..length]).WithOptional(Version, Anchor));
        Assert.Throws<InvalidDataException>(() => new SymbolVersions(damaged[..(damaged.Length / 2)]).WithOptional(Version, Anchor));
    }

    private static void Try(Func<byte[]?> read)
    {
        try { _ = read(); }
        catch (InvalidDataException) { }
    }
}
