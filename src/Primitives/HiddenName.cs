using System.Text.RegularExpressions;

namespace GanPipeline.Primitives;

/// <summary>The names of files that this program keeps beside its outputs while it writes them. Nothing of another name is ever cleaned up.</summary>
internal static partial class HiddenName
{
    private const string LockEnding = ".gan-lock";

    public static string Temporary(string target) => Beside(target, $".{Guid.NewGuid():N}.tmp");

    public static string Part(string target) => Beside(target, $".{Guid.NewGuid():N}.part");

    /// <summary>Says what the part is a part of.</summary>
    public static string KeyOf(string part) => part + ".key";

    public static string Lock(string target) => Beside(target, LockEnding);

    public static string FolderLock(string folder) => Path.Combine(folder, LockEnding);

    public static string PrivateFolder(string parent) => Path.Combine(parent, $".gan-private-{Guid.NewGuid():N}");

    /// <summary>Whether the file is a temporary one, of <paramref name="name"/> or, where that is null, of whatever.</summary>
    public static bool IsTemporary(string file, string? name) => Is(TemporaryPattern(), file, name);

    public static bool IsPart(string file, string name) => Is(PartPattern(), file, name);

    public static bool IsKey(string file, string name) => Is(KeyPattern(), file, name);

    public static bool IsLock(string file) => file.StartsWith('.') && file.EndsWith(LockEnding, StringComparison.Ordinal);

    /// <summary>Whether it is one of these names.</summary>
    public static bool IsAny(string name) =>
        IsLock(name) || IsPrivateFolder(name) || Is(TemporaryPattern(), name, null) || Is(PartPattern(), name, null) || Is(KeyPattern(), name, null);

    public static bool IsPrivateFolder(string folder) => PrivatePattern().IsMatch(folder);

    private static bool Is(Regex pattern, string file, string? name) =>
        pattern.Match(file) is { Success: true } match && (name is null || match.Groups[1].Value == name);

    private static string Beside(string target, string ending) => Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}{ending}");

    [GeneratedRegex(@"^\.(.+)\.[0-9a-f]{32}\.tmp\z", RegexOptions.Singleline)]
    private static partial Regex TemporaryPattern();

    [GeneratedRegex(@"^\.(.+)\.[0-9a-f]{32}\.part\z", RegexOptions.Singleline)]
    private static partial Regex PartPattern();

    [GeneratedRegex(@"^\.(.+)\.[0-9a-f]{32}\.part\.key\z", RegexOptions.Singleline)]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"^\.gan-private-[0-9a-f]{32}\z")]
    private static partial Regex PrivatePattern();
}
