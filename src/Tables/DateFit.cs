using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>Finds the steps that the dates of a column are counted in.</summary>
internal static class DateFit
{
    /// <summary>Different dates of a column at most: a generator file holds the text of each.</summary>
    public const int MaxDates = 1 << 16;

    private static readonly int[] Steps = [1, 60, 3600, 86400]; // second, minute, hour, day

    /// <summary>The finest steps that the data need, or the finest of which a generator file can hold all texts.</summary>
    /// <exception cref="UserErrorException">The dates span too many days.</exception>
    public static DateScale Of(Table table, TableColumn column, string format, int[] present)
    {
        DateTime[] dates = [.. present.Select(c => Dates.Parse(column.Values[c], format))];
        (DateTime first, DateTime last) = (dates.Min(), dates.Max());
        int step = Steps.LastOrDefault(s => dates.All(d => (d - first).TotalSeconds % s == 0), 1);
        while ((last - first).TotalSeconds / step >= MaxDates && step < Steps[^1]) step = Steps[Array.IndexOf(Steps, step) + 1];
        double count = Math.Floor((last - first).TotalSeconds / step) + 1;
        return count <= MaxDates ? new DateScale(first, step, (int)count, format)
            : throw new UserErrorException(FormattableString.Invariant(
                $"{table.Path}, column '{column.Name}': its dates span {count} days, and {MaxDates} are allowed; ") +
                "leave it out (type: drop), or give years as numbers.");
    }
}
