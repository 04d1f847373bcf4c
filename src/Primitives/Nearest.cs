namespace GanPipeline.Primitives;

/// <summary>
/// "did you mean": the known word that differs by case, by blanks or by Unicode's form alone, else the one with the smallest edit distance (Levenshtein 1966),
/// if it is near enough to be a slip.
/// </summary>
internal static class Nearest
{
    private const int LongestSlip = 100;

    /// <summary>For the middle of a sentence: <c>; did you mean 'class'?</c>; empty where no word is near.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        (string? best, int distance) = Ranked(word, known).FirstOrDefault();
        return best is not null && distance < word.Length && distance <= Math.Max(2, word.Length / 3) ? $"; did you mean '{best}'?" : "";
    }

    /// <summary>As <see cref="Hint"/>, for the end of a sentence: a full stop where there is no hint.</summary>
    public static string EndHint(string word, IEnumerable<string> known) => Hint(word, known) is { Length: > 0 } hint ? hint : ".";

    /// <summary>All there are and the nearest, for the end of a sentence: <c>test, train; did you mean 'test'?</c></summary>
    public static string List(string word, IEnumerable<string> known) => string.Join(", ", known) + EndHint(word, known);

    /// <summary>The words that are nearest to one, the nearest first.</summary>
    public static IEnumerable<string> Of(string word, IEnumerable<string> known) => Ranked(word, known).Select(ranked => ranked.Word);

    private static IEnumerable<(string Word, int Distance)> Ranked(string word, IEnumerable<string> known)
    {
        if (word.Length > LongestSlip) return [];
        string folded = Spelling.Folded(word);
        return known.Where(k => k.Length is > 0 and <= 2 * LongestSlip)
            .Select(k => (k, Spelling.Folded(k) == folded ? 0 : Distance(word, k))).OrderBy(p => p.Item2);
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
