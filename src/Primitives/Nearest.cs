namespace GanPipeline.Primitives;

/// <summary>"did you mean": the known word with the smallest edit distance (Levenshtein 1966), if it is near enough to be a slip.</summary>
internal static class Nearest
{
    private const int LongestSlip = 100;

    public static string Hint(string word, IEnumerable<string> known)
    {
        if (word.Length > LongestSlip) return "";
        (string? best, int distance) = known.Where(k => k.Length > 0).Select(k => (k, Distance(word, k))).OrderBy(p => p.Item2).FirstOrDefault();
        return best is not null && distance <= Math.Max(2, word.Length / 3) ? $"; did you mean '{best}'?" : "";
    }

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
