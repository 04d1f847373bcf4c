using System.Globalization;

namespace GanPipeline.Tables;

/// <summary>The one form in which a column's dates are written: each of its texts comes back the same by parsing and printing.</summary>
/// <param name="Pattern">.NET format, with offsets from UTC as literals: dates are the wall times that the file has.</param>
/// <param name="Letters">How names are written.</param>
internal sealed record DateFormat(string Pattern, LetterCase Letters = LetterCase.Usual)
{
    private const string LeapYear = "2000 "; // for dates without a year: it has all days, and does not change with the clock

    private static readonly CultureInfo[] s_cultures =
        [Culture(text => text), Culture(text => text.ToUpperInvariant()), Culture(text => text.ToLowerInvariant())];

    private readonly bool _yearless = IsYearless(Pattern);
    private readonly string? _withoutFraction = WithoutFraction(Pattern);

    /// <summary>Whether it tells the day, and not the time of day alone.</summary>
    public bool HasDay() => DateToken.Of(Pattern).Any(token => token.IsOfDay);

    /// <summary>The date of a text that comes back the same by printing it.</summary>
    public bool TryParse(string text, out DateTime date) => TryRead(text, out date) && Text(date) == text;

    /// <summary>The date of a text, however often its digits are padded.</summary>
    public bool TryRead(string text, out DateTime date) =>
        TryRead(text, Pattern, out date) || (_withoutFraction is not null && TryRead(text, _withoutFraction, out date));

    /// <summary>The text of a date.</summary>
    public string Text(DateTime date) => Text(date, Pattern);

    /// <summary>What a part of the format makes of a date.</summary>
    public string Text(DateTime date, string part) => date.ToString(part.Length == 1 ? "%" + part : part, s_cultures[(int)Letters]);

    /// <summary>Whether it writes dates: what a file says may be anything.</summary>
    public bool IsPossible()
    {
        if (Pattern is null || !Enum.IsDefined(Letters)) return false;
        try
        {
            return DateToken.Of(Pattern) is var tokens && tokens.Any(token => token.Kind != '\0') && !tokens.Any(token => token.IsOffset)
                && Text(DateTime.MinValue).Length > 0 && Text(DateTime.MaxValue).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private bool TryRead(string text, string pattern, out DateTime date) => DateTime.TryParseExact(_yearless ? LeapYear + text : text,
        _yearless ? "yyyy " + pattern : pattern.Length == 1 ? "%" + pattern : pattern, s_cultures[(int)Letters], DateTimeStyles.NoCurrentDateDefault, out date);

    /// <summary>The format without a fraction that is left out where it is 0, which .NET prints but does not always read: a single F.</summary>
    private static string? WithoutFraction(string pattern) =>
        pattern?.IndexOf(".F", StringComparison.Ordinal) is >= 0 and var at ? pattern[..at] + pattern[(at + 1)..].TrimStart('F') : null;

    private static bool IsYearless(string pattern)
    {
        try
        {
            IReadOnlyList<DateToken> tokens = DateToken.Of(pattern ?? "");
            return tokens.Any(token => token.Kind is 'd' or 'M') && !tokens.Any(token => token.Kind == 'y');
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static CultureInfo Culture(Converter<string, string> letters)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        // Two digits of a year mean 1950 to 2049 on every machine.
        DateTimeFormatInfo format = culture.DateTimeFormat;
        format.Calendar = new GregorianCalendar { TwoDigitYearMax = 2049 };
        format.MonthNames = Array.ConvertAll(format.MonthNames, letters);
        format.MonthGenitiveNames = Array.ConvertAll(format.MonthGenitiveNames, letters);
        format.AbbreviatedMonthNames = Array.ConvertAll(format.AbbreviatedMonthNames, letters);
        format.AbbreviatedMonthGenitiveNames = Array.ConvertAll(format.AbbreviatedMonthGenitiveNames, letters);
        format.DayNames = Array.ConvertAll(format.DayNames, letters);
        format.AbbreviatedDayNames = Array.ConvertAll(format.AbbreviatedDayNames, letters);
        (format.AMDesignator, format.PMDesignator) = (letters(format.AMDesignator), letters(format.PMDesignator));
        return culture;
    }
}
