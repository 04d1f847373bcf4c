using System.Globalization;

namespace GanPipeline.Tables;

/// <summary>Says which columns are computed from others.</summary>
internal static class DependenceNotes
{
    private const int MostNamed = 12;

    /// <summary>A sentence for each such column, without its point; of many the first, and how many there are besides.</summary>
    /// <param name="codec">The code.</param>
    /// <param name="rows">Rows that it was fitted to.</param>
    public static IReadOnlyList<string> Of(TableCodec codec, int rows)
    {
        if (codec.Derived.Count == 0) return [];
        string all = string.Create(CultureInfo.InvariantCulture, $"in all {rows} rows that are trained on");
        List<string> notes = [.. codec.Derived.OrderBy(c => codec.Header.ToList().IndexOf(c.Name)).Take(MostNamed)
            .Select(column => $"column '{column.Name}' is {column.Recipe.Formula} {all}, so generated rows compute it")];
        if (codec.Derived.Count > MostNamed)
            notes.Add($"{codec.Derived.Count - MostNamed} more columns follow from others {all}, and are computed, too");
        notes[^1] += " (--no-dependences, or dependences: false in the schema file, generates such columns like any other)";
        return notes;
    }
}
