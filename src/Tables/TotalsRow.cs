using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>Refuses a table whose last row holds the totals of the others, as spreadsheets are saved: it is no row of the data.</summary>
internal static class TotalsRow
{
    private const int LeastRows = 10;
    private const double Rounding = 1e-9; // of the sum

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "total", "totals", "grand total", "sum", "sums", "subtotal", "overall", "average", "mean", "summe", "gesamt", "gesamtsumme", "endsumme", "insgesamt",
        "zwischensumme", "mittelwert", "durchschnitt", "somme", "total général", "total general", "totale", "totaal", "suma", "totalt",
    };

    /// <summary>Looks at the last row.</summary>
    /// <param name="table">The table.</param>
    /// <exception cref="UserErrorException">
    /// One of its cells is a word such as "Total" that no other row has, or a cell is empty or of a text of its own while numbers are the sums of those above.
    /// </exception>
    public static void Check(Table table)
    {
        int last = table.Rows - 1;
        if (table.Rows <= LeastRows) return;
        foreach (TableColumn column in table.Columns)
        {
            int code = column.Codes[last];
            if (Words.Contains(column.Values[code].Trim().TrimEnd(':', '.').Trim()) && Array.IndexOf(column.Codes, code) == last)
                throw table.Error(last, column, $"'{column.Values[code]}' stands here and in no other row, so the row seems to hold the totals of the " +
                    "others and is no row of the data; remove the line.");
        }
        bool odd = table.Columns.Any(column => !ColumnInference.TryParse(column[last], out _) && Array.IndexOf(column.Codes, column.Codes[last]) == last);
        TableColumn[] sums = odd ? [.. table.Columns.Where(column => IsSum(column, last))] : [];
        if (sums.Length > 0)
            throw table.Error(last, sums[0], $"'{sums[0][last]}' is the sum of the rows " +
                $"above{(sums.Length > 1 ? $", and so it is in {sums.Length - 1} other columns" : "")}" +
                ", so the row seems to hold the totals of the others and is no row of the data; remove the line.");
    }

    /// <summary>Whether the last number is the sum of all others, and not by chance.</summary>
    private static bool IsSum(TableColumn column, int last)
    {
        if (!ColumnInference.TryParse(column[last], out double wanted)) return false;
        int[] counts = column.Counts();
        counts[column.Codes[last]]--;
        (double sum, int positive, int negative) = (0, 0, 0);
        for (int code = 0; code < counts.Length; code++)
        {
            if (counts[code] == 0 || column.Values[code].Length == 0) continue;
            if (!ColumnInference.TryParse(column.Values[code], out double number)) return false;
            sum += counts[code] * number;
            if (number > 0) positive += counts[code];
            if (number < 0) negative += counts[code];
        }
        // Of numbers of both signs, or of few that are not 0, one may well be the sum of the others.
        return Math.Min(positive, negative) == 0 && positive + negative >= LeastRows && Math.Abs(sum - wanted) <= Rounding * Math.Abs(sum);
    }
}
