using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>The endings by which files are taken for tables, and written as such; what a file that is read really is, its bytes say.</summary>
internal static class TableEnding
{
    private const string Packed = ".gz", ParquetEnding = ".parquet";
    private static readonly string[] Texts = [".csv", ".tsv", ".tab"];

    /// <summary>All of them, for messages.</summary>
    public static string All { get; } = string.Join(", ", [.. Texts, .. Texts.Select(ending => ending + Packed), ParquetEnding]);

    /// <summary>Whether a name has one of them.</summary>
    public static bool Has(string path) => IsText(path) || IsParquet(path);

    /// <summary>Whether it is a text file's, packed or not.</summary>
    public static bool IsText(string path) => Texts.Contains(Path.GetExtension(Unpacked(path)), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is a Parquet file's.</summary>
    public static bool IsParquet(string path) => path.EndsWith(ParquetEnding, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is one of text that is packed by gzip.</summary>
    public static bool IsPacked(string path) => path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is one of text that is separated by tabs.</summary>
    public static bool HasTabs(string path) => IsText(path) && !Path.GetExtension(Unpacked(path)).Equals(Texts[0], StringComparison.OrdinalIgnoreCase);

    /// <summary>The name without its ending, and the ending: <c>t.csv.gz</c> has one of two parts.</summary>
    public static (string Name, string Ending) Split(string path)
    {
        string ending = Path.GetExtension(Unpacked(path)) + (IsPacked(path) ? path[^Packed.Length..] : "");
        return (path[..^ending.Length], ending);
    }

    /// <summary>Refuses a name to write a table to that says nothing of how.</summary>
    /// <exception cref="UserErrorException">It has another ending, and is no stream.</exception>
    public static void CheckOutput(string option, string path)
    {
        if (!Has(path) && !AtomicFile.IsStream(path))
            throw UserErrorException.Usage($"{option} {path}: its ending is none of a table's ({All}); name a file with one of these.");
    }

    private static string Unpacked(string path) => IsPacked(path) ? path[..^Packed.Length] : path;
}
