using System.Globalization;
using System.Text.RegularExpressions;

namespace GanPipeline.Tables;

/// <summary>A text that people read as a number, however it is written: with marks around it, and with separators that may mean more than one thing.</summary>
/// <param name="Value">The number; where a separator may stand between thousands or before decimals, the one with thousands.</param>
/// <param name="Marks">What stands around the digits, as words; empty for nothing.</param>
/// <param name="Minus">The character that says that it is negative; null where none does.</param>
internal sealed partial record WrittenNumber(double Value, string Marks, char? Minus)
{
    private const int Longest = 100;
    private const string Spaces = " \u00A0\u202F\u2009\u2007'\u2019_";

    /// <summary>What stands between groups of three digits, where it can mean nothing else; null for nothing.</summary>
    public char? Thousands { get; private init; }

    /// <summary>What stands before decimals and is not what the file uses there; null for nothing.</summary>
    public char? OtherDecimal { get; private init; }

    /// <summary>A comma or a point with three digits behind it, which may be either; null for none.</summary>
    public char? Ambiguous { get; private init; }

    /// <summary>Whether it has decimals behind the mark that the file uses, which are not three digits.</summary>
    public bool HasDecimals { get; private init; }

    /// <summary>Whether it has separators that a plain number does not have.</summary>
    public bool HasSeparators => Thousands is not null || OtherDecimal is not null || Ambiguous is not null;

    /// <summary>Reads a text; null where it is no number in any way.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hints">How the file writes numbers.</param>
    public static WrittenNumber? Of(string text, NumberHints hints)
    {
        if (text.Length > Longest) return null; // of blanks the expression tries every way to share them out
        Match match = Parts().Match(text);
        if (!match.Success) return null;
        string sign = match.Groups["sign"].Value + match.Groups["inner"].Value;
        if (sign.Length > 1) return null;
        WrittenNumber? number = OfDigits(match.Groups["core"].Value, hints);
        return number is null ? null : number with
        {
            Value = sign is "" or "+" ? number.Value : -number.Value,
            Marks = MarksOf(match.Groups["before"].Value + match.Groups["between"].Value, match.Groups["after"].Value),
            Minus = sign is "" or "+" ? null : sign[0],
        };
    }

    private static WrittenNumber? OfDigits(string core, NumberHints hints)
    {
        (char point, char other) = hints.Decimal == '.' ? ('.', ',') : (',', '.');
        if (hints.Thousands is { } declared && Grouped(declared, point).IsMatch(core)) core = core.Replace($"{declared}", "", StringComparison.Ordinal);
        char? space = core.FirstOrDefault(c => Spaces.Contains(c, StringComparison.Ordinal)) is var c and not '\0' ? c : null;
        if (space is { } blank)
        {
            char decimals = core.Contains(point, StringComparison.Ordinal) ? point : other;
            return Grouped(blank, decimals).IsMatch(core) ? Made(core.Replace($"{blank}", "", StringComparison.Ordinal), decimals) is { } number
                ? number with { Thousands = blank, OtherDecimal = decimals == other && core.Contains(other, StringComparison.Ordinal) ? other : null }
                    : null : null;
        }
        if (Grouped(other, point).IsMatch(core))
        {
            int marks = core.Count(c => c == other);
            bool sure = marks > 1 || core.Contains(point, StringComparison.Ordinal), zero = core[0] == '0';
            if (zero) return sure ? null : Made(core, other) is { } small ? small with { OtherDecimal = other } : null;
            return Made(core.Replace($"{other}", "", StringComparison.Ordinal), point) is { } number
                ? sure ? number with { Thousands = other } : number with { Ambiguous = other } : null;
        }
        if (core.Count(c => c == other) == 1)
        {
            bool groups = core.Contains(point, StringComparison.Ordinal);
            return groups && !Grouped(point, other).IsMatch(core) ? null : Made(core.Replace($"{point}", "", StringComparison.Ordinal), other) is { } number
                ? number with { OtherDecimal = other, Thousands = groups ? point : null } : null;
        }
        if (core.Count(c => c == point) > 1)
            return core[0] != '0' && Grouped(point, other).IsMatch(core) && Made(core.Replace($"{point}", "", StringComparison.Ordinal), point) is { } number
                ? number with { Thousands = point } : null;
        return Made(core, point);
    }

    private static WrittenNumber? Made(string digits, char point)
    {
        int at = digits.IndexOf(point, StringComparison.Ordinal);
        return ColumnInference.TryParse(digits.Replace(point, '.'), out double value)
            ? new WrittenNumber(value, "", null) { HasDecimals = at >= 0 && digits.Length - at - 1 != 3 } : null;
    }

    private static string MarksOf(string before, string after)
    {
        string[] marks = [.. new[] { (before, "before"), (after, "behind") }.Where(m => m.Item1.Length > 0)
            .Select(m => m.Item1.AsSpan().Trim().IsEmpty ? $"blanks {m.Item2} the number" : $"'{m.Item1}' {m.Item2} the number")];
        return string.Join(" and ", marks);
    }

    /// <summary>Groups of three digits between which a mark stands, then perhaps decimals.</summary>
    private static Regex Grouped(char mark, char point) => new($@"^[0-9]{{1,3}}({Regex.Escape($"{mark}")}[0-9]{{3}})+({Regex.Escape($"{point}")}[0-9]*)?$");

    [GeneratedRegex(@"^(?<before>\s*)(?<sign>[-+\u2212\u2013]?)(?<between>\s*\p{Sc}?\s*)(?<inner>[-+\u2212\u2013]?)" +
        @"(?<core>[0-9.,][0-9.,\s'\u2019_]*([eE][-+]?[0-9]+)?)(?<!\s)(?<after>\s*[%\u2030\p{Sc}]?\s*)$")]
    private static partial Regex Parts();
}
