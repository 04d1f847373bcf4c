namespace GanPipeline.Tables;

/// <summary>What the texts of a column of numbers are as numbers, where nobody has said how they are written: by their style, or as plain numbers.</summary>
internal sealed class ReadNumbers
{
    private static readonly char[] Separators = [',', '.', ' ', '\u00A0', '\u202F', '\'', '\u2019', '_'];

    private readonly NumberStyle _style;

    // As float64, whatever the style rounds to: what is compared is what the texts say.
    private ReadNumbers(NumberStyle style) => _style = style with { Rounding = NumberRounding.Double, Digits = 0 };

    /// <summary>How the numbers are written, but for what they are rounded to.</summary>
    public NumberStyle Style => _style;

    /// <summary>How a column is read; null for one of texts.</summary>
    /// <param name="values">Its distinct texts; the empty one says that a value is missing.</param>
    /// <param name="hints">How its file writes numbers.</param>
    /// <param name="known">How it is known to be written; null where it is not.</param>
    public static ReadNumbers? Of(IEnumerable<string> values, NumberHints hints, NumberStyle? known = null)
    {
        string[] texts = [.. values.Where(text => text.Length > 0)];
        if (texts.Length == 0) return null;
        if (known is not null && texts.All(text => known.TryParse(text, out double _) && !HasLeadingZero(text))) return new ReadNumbers(known);
        if (NumberStyle.Of(texts, hints) is { } style) return new ReadNumbers(style);
        NumberStyle plain = NumberStyle.Shortest with { Point = hints.Decimal };
        if (texts.All(text => plain.TryParse(text, out double _) && !HasLeadingZero(text))) return new ReadNumbers(plain);
        return OfSeparators(texts, hints) is { } grouped ? new ReadNumbers(grouped) : null;
    }

    /// <summary>The number of a text; NaN for the empty one, null for one that is no number.</summary>
    public double? Number(string text) => text.Length == 0 ? double.NaN : _style.TryParse(text, out double number) ? number : null;

    /// <summary>The style of numbers with separators that mean but one thing in some of them.</summary>
    private static NumberStyle? OfSeparators(string[] texts, NumberHints hints)
    {
        WrittenNumber?[] numbers = [.. texts.Select(text => WrittenNumber.Of(text, hints))];
        if (numbers.Contains(null)) return null;
        char point = numbers.Select(number => number!.OtherDecimal).OfType<char>().FirstOrDefault(hints.Decimal);
        bool sure = numbers.Any(number => number!.Thousands is not null || number.OtherDecimal is not null || number.HasDecimals);
        return !sure ? null : Separators.Where(c => c != point).Select(c => NumberStyle.Of(texts, new NumberHints(point, c)))
            .FirstOrDefault(style => style is not null);
    }

    /// <summary>A text such as 0123 is a name: a number is not written so.</summary>
    internal static bool HasLeadingZero(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().Trim().TrimStart("+-");
        return digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]);
    }
}
