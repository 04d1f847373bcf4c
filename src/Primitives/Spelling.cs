using System.Globalization;
using System.Text;

namespace GanPipeline.Primitives;

/// <summary>Texts that people take for one, and programs do not.</summary>
internal static class Spelling
{
    /// <summary>The text without blanks and characters that are not seen, in capitals, and in one of Unicode's forms: equal where two texts differ by these
    /// alone.</summary>
    public static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char c in UnicodeForm.Decomposed(text))
            if (!char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format) folded.Append(char.ToUpperInvariant(c));
        return folded.ToString();
    }

    /// <summary>
    /// Those of some texts that differ in ways that are hardly seen, together; a text that is like no other is in no group. Texts of blanks alone are in none.
    /// </summary>
    /// <returns>Places of the texts, in groups of at least two, in order of the first of each.</returns>
    public static IReadOnlyList<int[]> Alike(IReadOnlyList<string> texts) => [.. Enumerable.Range(0, texts.Count)
        .GroupBy(place => Folded(texts[place]), StringComparer.Ordinal).Where(group => group.Key.Length > 0 && group.Count() > 1).Select(group =>
            group.ToArray())];
}
