namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Which numbers count as one: those that differ by at most one part in 10¹². Two programs write 0.1 + 0.2 as 0.3 and as 0.30000000000000004, and no score of a
/// generator should rest on that. Whole numbers are what they are.
/// </summary>
internal static class SameNumber
{
    /// <summary>What two numbers may differ by, as a part of the larger.</summary>
    public const double Tolerance = 1e-12;

    /// <summary>A column of numbers in which those that count as one with a known number are that.</summary>
    /// <param name="column">The column.</param>
    /// <param name="known">Columns of numbers that they are compared with.</param>
    public static TableColumn Snapped(TableColumn column, IEnumerable<TableColumn> known)
    {
        double[] values = [.. known.SelectMany(c => c.Numbers!).Where(v => !double.IsNaN(v)).Distinct().Order()];
        if (values.Length == 0 || values.All(double.IsInteger)) return column;
        bool moved = false;
        double[] numbers = Array.ConvertAll(column.Numbers!, number =>
        {
            double nearest = Nearest(values, number);
            moved |= nearest != number && !double.IsNaN(number);
            return nearest;
        });
        return moved ? new TableColumn(column.Name, numbers) : column;
    }

    private static double Nearest(double[] values, double number)
    {
        if (double.IsNaN(number)) return number;
        int place = Array.BinarySearch(values, number);
        if (place >= 0) return number;
        int above = ~place;
        double best = above == values.Length || (above > 0 && number - values[above - 1] < values[above] - number) ? values[above - 1] : values[above];
        return Math.Abs(best - number) <= Math.Max(Math.Abs(best), Math.Abs(number)) * Tolerance ? best : number;
    }
}
