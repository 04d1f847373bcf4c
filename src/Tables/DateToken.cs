namespace GanPipeline.Tables;

/// <summary>A part of a .NET date format: what stands for a part of the date, or a literal.</summary>
/// <param name="Kind">The letter of what it stands for (d, M, y, H, ...); '\0' for a literal.</param>
/// <param name="Pattern">It, as the format has it.</param>
internal readonly record struct DateToken(char Kind, string Pattern)
{
    private const string Letters = "dfFghHKmMstyz";

    /// <summary>Whether it depends on the day.</summary>
    public bool IsOfDay => Kind is 'd' or 'M' or 'y' or 'g';

    /// <summary>Whether it stands for the offset from UTC.</summary>
    public bool IsOffset => Kind is 'K' or 'z';

    /// <summary>The parts of a format, in its order.</summary>
    /// <exception cref="FormatException">A quotation mark has no partner.</exception>
    public static IReadOnlyList<DateToken> Of(string format)
    {
        var tokens = new List<DateToken>();
        for (int i = 0, end; i < format.Length; i = end)
        {
            char c = format[i];
            end = i + 1;
            if (c is '\'' or '"')
            {
                end = Closing(format, i) + 1;
            }
            else if (c == '\\')
            {
                end = Math.Min(i + 2, format.Length);
            }
            else if (c == '%')
            {
                continue; // which says only that a format of one letter is none of the standard ones
            }
            else if (Letters.Contains(c, StringComparison.Ordinal))
            {
                while (end < format.Length && format[end] == c) end++;
                tokens.Add(new DateToken(c, format[i..end]));
                continue;
            }
            // A bare Z would turn the time into UTC when it is parsed.
            tokens.Add(new DateToken('\0', c == 'Z' ? "'Z'" : format[i..end]));
        }
        return tokens;
    }

    private static int Closing(string format, int opening)
    {
        for (int i = opening + 1; i < format.Length; i++)
        {
            if (format[i] == '\\') i++;
            else if (format[i] == format[opening]) return i;
        }
        throw new FormatException($"the quotation mark at character {opening + 1} of '{format}' has no partner");
    }
}
