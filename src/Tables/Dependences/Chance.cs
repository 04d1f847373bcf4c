namespace GanPipeline.Tables.Dependences;

/// <summary>
/// Whether columns that have nothing to do with each other could look as if one followed from others. Were the column's values dealt out to the rows at
/// random, the probability that they agree with a formula in every row would be two to the power of minus its bits: rows × entropy. A dependence is believed
/// where that,
/// times the number of formulas that are tried, is below one in a million. Columns that hardly vary, and tables of few rows, have too few bits.
/// </summary>
internal static class Chance
{
    /// <summary>Rows that a table needs at least.</summary>
    public const int LeastRows = 20;

    private const double Doubt = 20; // bits: one in a million

    /// <summary>
    /// Bits that are needed more where one column alone gives another: columns that say nearly the same are frequent, and in few rows of few values the
    /// exceptions do not show.
    /// </summary>
    public const double OfNearCopies = 44;

    /// <summary>Bits of a column whose values come so often.</summary>
    public static double Bits(IReadOnlyList<int> counts)
    {
        double rows = counts.Sum(count => (long)count);
        return counts.Where(count => count > 0).Sum(count => count * Math.Log2(rows / count));
    }

    /// <summary>Bits of a column's values in some rows.</summary>
    public static double Bits(CheckedColumn column, Func<int, bool> counts)
    {
        int[] found = new int[column.Texts.Count];
        for (int row = 0; row < column.Values.Length; row++) if (counts(row)) found[column.Values[row]]++;
        return Bits(found);
    }

    /// <summary>Bits that a formula over so many of the columns needs, the one that it gives counted.</summary>
    public static double Needed(int columns, int operands) => Doubt + operands * Math.Log2(Math.Max(2, columns));

    /// <summary>Bits that say that a column follows from another of few values: how rarely all rows of each of its values would agree by chance.</summary>
    public static double BitsOfMap(IReadOnlyList<int> sources, IReadOnlyList<int> targets)
    {
        double rows = targets.Sum(count => (long)count);
        (double Share, int Times)[] shares = [.. targets.Where(count => count > 0).GroupBy(count => count).Select(g => (g.Key / rows, g.Count()))];
        return -sources.Where(count => count > 0).GroupBy(count => count).Sum(g => g.Count() * LogOfAgreement(shares, g.Key));
    }

    /// <summary>Logarithm of the probability that so many rows have one value, whichever: a sum of powers, taken relative to the largest.</summary>
    private static double LogOfAgreement((double Share, int Times)[] shares, int rows)
    {
        double largest = shares.Max(s => s.Share);
        return rows * Math.Log2(largest) + Math.Log2(shares.Sum(s => s.Times * Math.Pow(s.Share / largest, rows)));
    }
}
