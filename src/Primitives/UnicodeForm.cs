using System.Globalization;
using System.Text;

namespace GanPipeline.Primitives;

/// <summary>
/// Unicode's canonical decomposition (Unicode Standard, section 3.7), by which texts are told to be the same although one has é as one character and the other
/// as e and an accent, as folders do that were on a Mac. It stands here because .NET without ICU (InvariantGlobalization) leaves texts as they are when it is
/// asked to normalise them. Marks stay in their order, which does for texts that are in one of the standard's forms.
/// </summary>
internal static class UnicodeForm
{
    private const int FirstSyllable = 0xAC00, LastSyllable = 0xD7A3, Leads = 0x1100, Vowels = 0x1161, Tails = 0x11A7, VowelCount = 21, TailCount = 28;
    private static readonly Lazy<Dictionary<char, string>> Table = new(Read);

    /// <summary>The text with every character taken apart.</summary>
    public static string Decomposed(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u00BF')) return text;
        var result = new StringBuilder();
        foreach (char c in text) Append(result, c);
        return result.ToString();
    }

    private static void Append(StringBuilder result, char c)
    {
        if (c is >= (char)FirstSyllable and <= (char)LastSyllable) // Hangul, by arithmetic (section 3.12)
        {
            int syllable = c - FirstSyllable, tail = syllable % TailCount;
            result.Append((char)(Leads + syllable / (VowelCount * TailCount))).Append((char)(Vowels + syllable / TailCount % VowelCount));
            if (tail > 0) result.Append((char)(Tails + tail));
        }
        else if (Table.Value.TryGetValue(c, out string? parts))
        {
            foreach (char part in parts) Append(result, part);
        }
        else result.Append(c);
    }

    /// <summary>Lines such as "00E9 0065 0301", which scripts/record_decompositions.py wrote.</summary>
    private static Dictionary<char, string> Read()
    {
        using var reader = new StreamReader(typeof(UnicodeForm).Assembly.GetManifestResourceStream("decompositions.txt")!);
        var table = new Dictionary<char, string>();
        while (reader.ReadLine() is { } line)
        {
            char[] characters = [.. line.Split(' ').Select(code => (char)int.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
            table[characters[0]] = new string(characters.AsSpan(1));
        }
        return table;
    }
}
