using System.Text.RegularExpressions;

namespace GanPipeline.Tables;

/// <summary>The forms of dates that are recognised without being declared.</summary>
internal static partial class DateForms
{
    private const int LongestText = 48;

    private static readonly string[] s_days =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyy-M-d", "yyyy/M/d", "dd.MM.yyyy", "d.M.yyyy", "MM/dd/yyyy", "M/d/yyyy", "dd/MM/yyyy", "d/M/yyyy",
        "MM-dd-yyyy", "M-d-yyyy", "dd-MM-yyyy", "d-M-yyyy", "dd-MMM-yyyy", "d-MMM-yyyy", "dd MMM yyyy", "d MMM yyyy", "dd MMMM yyyy", "d MMMM yyyy",
        "dd/MMM/yyyy", "yyyy-MMM-dd", "MMM dd, yyyy", "MMM d, yyyy", "MMMM dd, yyyy", "MMMM d, yyyy", "MMM dd yyyy", "MMM d yyyy", "ddd, dd MMM yyyy",
    ];

    private static readonly string[] s_shortYears =
    [
        "dd.MM.yy", "d.M.yy", "MM/dd/yy", "M/d/yy", "dd/MM/yy", "d/M/yy", "dd-MMM-yy", "d-MMM-yy", "dd MMM yy", "d MMM yy", "MMM d, yy", "yy-MM-dd",
    ];

    /// <summary>The formats of which a text is one, the likeliest first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="shortYears">Whether only those are meant whose years have two digits, which are not taken without being declared.</param>
    public static IEnumerable<DateFormat> Of(string text, bool shortYears = false)
    {
        if (text.Length > LongestText || !text.Any(char.IsAsciiDigit)) yield break;
        (string body, string offset) = WithoutOffset(text);
        string ending = Literal(offset);
        Match match = Time().Match(body);
        string day = match.Success ? match.Groups["day"].Value : body, gap = match.Groups["gap"].Value;
        int digits = day.Count(char.IsAsciiDigit);
        if (day.Length > 0 && (digits > 8 || digits < (shortYears ? 3 : 5))) yield break; // before many formats are tried on a text of another kind
        string[] days = day.Length == 0 ? [""] : shortYears ? s_shortYears : match.Groups["compact"].Success ? ["yyyyMMdd"] : s_days;
        LetterCase[] cases = text.Any(char.IsAsciiLetter) ? Enum.GetValues<LetterCase>() : [LetterCase.Usual];
        foreach (string pattern in days)
            foreach (string time in match.Success ? Times(match) : [""])
                foreach (LetterCase letters in cases)
                {
                    var format = new DateFormat(pattern + Literal(gap) + time + ending, letters);
                    if (!format.TryParse(text, out _)) continue;
                    yield return format;
                    break;
                }
    }

    /// <summary>A text, and the offset from UTC that it ends in; empty where it has none.</summary>
    public static (string Text, string Offset) WithoutOffset(string text) =>
        Offset().Match(text) is { Success: true } match ? (text[..match.Index], match.Value) : (text, "");

    /// <summary>Texts that could be an offset from UTC somewhere in a text, an empty one among them.</summary>
    public static IEnumerable<string> Offsets(string text) => AnyOffset().Matches(text).Select(match => match.Value).Append("").Distinct();

    /// <summary>A text as a part of a format that stands for itself.</summary>
    public static string Literal(string text) =>
        text.StartsWith(' ') ? " " + Literal(text[1..]) : text.Any(c => char.IsAsciiLetter(c) && c != 'T') ? $"'{text}'" : text;

    /// <summary>Digits after the decimal point of the seconds that a text ends in; 0 where it has none.</summary>
    public static int FractionDigits(string text) =>
        Time().Match(WithoutOffset(text).Text) is { Success: true } match ? Math.Max(0, match.Groups["fraction"].Length - 1) : 0;

    private static IEnumerable<string> Times(Match match)
    {
        string time = match.Groups["time"].Value, half = match.Groups["half"].Value, separator = match.Groups["compact"].Success ? "" : ":";
        bool seconds = match.Groups["second"].Success;
        string rest = "mm" + (seconds ? separator + "ss" : "");
        string suffix = half.Length == 0 ? "" : half[0] == ' ' ? " tt" : "tt";
        string[] hours = half.Length > 0 ? ["hh", "h"] : ["HH", "H"];
        foreach (string hour in hours)
            foreach (string fraction in seconds ? Fractions(match.Groups["fraction"].Value) : [""])
                yield return hour + separator + rest + fraction + suffix;
    }

    /// <summary>As many digits as the text has; or as many as are needed.</summary>
    private static IEnumerable<string> Fractions(string text)
    {
        const int Most = 7; // of 100 ns
        string point = text.Length == 0 ? "" : Literal(text[..1]);
        yield return text.Length == 0 ? ""
            : point + new string('f', Math.Min(text.Length - 1, Most)) + Literal(new string('0', Math.Max(0, text.Length - 1 - Most)));
        if (text.Length == 0 || text[0] == '.') yield return "." + new string('F', Most);
    }

    [GeneratedRegex(@"^(?:(?<day>.{6,30}?)(?<gap>T| |, ))?(?<time>\d{1,2}:\d\d(?<second>:\d\d(?<fraction>[.,]\d{1,9})?)?)(?<half> ?[AaPp][Mm])?$" +
        @"|^(?<compact>(?<day>\d{8})(?<gap>T))(?<time>\d{4}(?<second>\d\d(?<fraction>[.,]\d{1,9})?)?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<=:\d\d([.,]\d+)?( ?[AaPp][Mm])?|T\d{4}(\d\d([.,]\d+)?)?) ?(Z|UTC|GMT|[A-Z]{2,3}T|[+-]\d\d(:?\d\d)?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Offset();

    [GeneratedRegex(@"Z|UTC|GMT|[+-]\d{1,2}(:?\d\d)?", RegexOptions.ExplicitCapture)]
    private static partial Regex AnyOffset();
}
