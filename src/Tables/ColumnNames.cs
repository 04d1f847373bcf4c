using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>The columns that a table has, for the message on one that it has not.</summary>
internal static class ColumnNames
{
    private const int Most = 300, MostCharacters = 8000, Nearest = 10, LongestName = 60;

    /// <summary>The middle of a sentence, between the name that is unknown and what to do: the nearest name, and all there are.</summary>
    /// <param name="unknown">The name.</param>
    /// <param name="header">The names that there are; where they are more than can be read, the nearest alone are listed, and their number.</param>
    /// <returns>For example <c>; did you mean 'class'? It has x, y, class</c>.</returns>
    public static string Hint(string unknown, IReadOnlyList<string> header)
    {
        string near = Primitives.Nearest.Hint(unknown, header), all = string.Join(", ", header.Select(Shown));
        string list = header.Count <= Most && all.Length <= MostCharacters ? all
            : $"{header.Count} columns, among " +
                $"them {string.Join(", ", Primitives.Nearest.Of(unknown, header).Concat(header).Distinct().Take(Nearest).Select(Shown))}";
        return near.Length > 0 ? $"{near} It has {list}" : $"; it has {list}";
    }

    /// <summary>The error for a name that a table has not.</summary>
    /// <param name="table">The file.</param>
    /// <param name="unknown">The name.</param>
    /// <param name="header">The names that there are.</param>
    /// <param name="remedy">What to do, as a sentence; empty where the list says it.</param>
    public static UserErrorException Unknown(string table, string unknown, IReadOnlyList<string> header, string remedy = "") =>
        UserErrorException.Listing($"{table}: no column '{unknown}'{Hint(unknown, header)}.{(remedy.Length > 0 ? " " : "")}{remedy}");

    /// <summary>A name as it stands in a list: in quotes where its own ends could not be told from the list's.</summary>
    private static string Shown(string name)
    {
        string cut = name.Length <= LongestName ? name : $"{name.AsSpan(0, LongestName)}...";
        return cut.Length == 0 || cut.Trim().Length < cut.Length || cut.Contains(',', StringComparison.Ordinal) ? $"'{cut}'" : cut;
    }
}
