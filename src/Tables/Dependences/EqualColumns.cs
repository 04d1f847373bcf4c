namespace GanPipeline.Tables.Dependences;

/// <summary>Finds columns that are the same in all rows.</summary>
internal static class EqualColumns
{
    private const int Probe = 64;

    /// <summary>Groups of columns that are the same, the one to keep first: one of few values before others, then the table's order.</summary>
    public static IEnumerable<IReadOnlyList<CheckedColumn>> Find(IReadOnlyList<CheckedColumn> columns)
    {
        double needed = Chance.Needed(columns.Count, 2) + Chance.OfNearCopies;
        CheckedColumn[] features = [.. columns.Where(c => c.Code is not null && c.Bits >= needed)];
        foreach (IGrouping<int, CheckedColumn> alike in features.OrderBy(c => !c.IsChosen).ThenBy(c => c.Place).GroupBy(Hash))
        {
            List<CheckedColumn> rest = [.. alike];
            while (rest.Count > 1)
            {
                CheckedColumn first = rest[0];
                CheckedColumn[] same = [.. rest.Where(c => c == first || AreEqual(first, c))];
                if (same.Length > 1) yield return same;
                rest.RemoveAll(same.Contains);
            }
        }
    }

    private static int Hash(CheckedColumn column)
    {
        var hash = new HashCode();
        for (int row = 0, step = Math.Max(1, column.Values.Length / Probe); row < column.Values.Length; row += step)
        {
            if (column.Numbers is { } numbers) hash.Add(numbers[row]);
            else hash.Add(column.Texts[column.Values[row]], StringComparer.Ordinal);
        }
        return hash.ToHashCode();
    }

    private static bool AreEqual(CheckedColumn one, CheckedColumn other)
    {
        if (one.Numbers is null != other.Numbers is null) return false;
        if (one.Numbers is not null) return one.Numbers.AsSpan().SequenceEqual(other.Numbers);
        for (int row = 0; row < one.Values.Length; row++) if (one.Texts[one.Values[row]] != other.Texts[other.Values[row]]) return false;
        return true;
    }
}
