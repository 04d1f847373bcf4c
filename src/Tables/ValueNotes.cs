using System.Globalization;

namespace GanPipeline.Tables;

/// <summary>Says in which columns generated numbers are among those that there are.</summary>
internal static class ValueNotes
{
    private const int MostNamed = 12;

    /// <summary>A sentence, without its point; none where no column is so.</summary>
    /// <param name="codec">The code.</param>
    public static IReadOnlyList<string> Of(TableCodec codec)
    {
        ColumnCode[] listed = [.. codec.Columns.Where(column => column.StoredValues > 0)];
        if (listed.Length == 0) return [];
        string named = (listed.Length > 1 ? "columns " : "column ") + string.Join(", ", listed.Take(MostNamed)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"'{c.Name}' ({c.StoredValues})")));
        string others = listed.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {listed.Length - MostNamed} others") : "";
        return [$"{named}{others}: there are so few different values (as many as in brackets) that generated rows have these alone, and none between; the " +
            "generator file will hold them (data.anchors=0: any value, and none in the file)"];
    }
}
