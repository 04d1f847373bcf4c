namespace GanPipeline.Tables;

/// <summary>How the numbers of one column are written; nothing where a text of it is no number in any way.</summary>
/// <param name="DecimalCommas">Whether a comma in it can be nothing but a decimal comma: 9,885 may be 9885, but 9,88 and 0,885 are no
/// groups of three digits.</param>
/// <param name="DecimalPoints">Whether a point in it can be nothing but a decimal point.</param>
/// <param name="Groups">What stands between groups of three digits, as far as can be seen.</param>
internal readonly record struct NumberForms(bool DecimalCommas, bool DecimalPoints, char? Groups)
{
    private const string Around = " %‰€$£¥\u00A0\u202F", GroupBlanks = " '\u00A0\u202F";

    public static NumberForms Of(IEnumerable<string> texts)
    {
        bool commas = false, points = false, any = false;
        char? groups = null;
        foreach (string text in texts)
        {
            ReadOnlySpan<char> number = text.AsSpan().Trim(Around);
            if (number.IsEmpty) continue;
            if (number[0] is '+' or '-' or '\u2212') number = number[1..].TrimStart(Around);
            int exponent = number.IndexOfAny('e', 'E');
            if (exponent > 0) number = number[..exponent];
            int comma = number.IndexOf(','), point = number.IndexOf('.'), blank = number.IndexOfAny(GroupBlanks);
            ReadOnlySpan<char> whole = comma < 0 ? number : number[..comma];
            char group = blank >= 0 ? number[blank] : '.';
            if (number.IndexOfAnyInRange('0', '9') < 0 || number.IndexOfAnyExcept(['.', ',', group, .. "0123456789"]) >= 0) return default;
            bool grouped = whole.Contains(group) && IsGrouped(whole, group);
            if (blank >= 0 && (!grouped || point >= 0)) return default; // several numbers, or another way of writing
            if (comma >= 0 && (number[(comma + 1)..].IndexOfAny(',', '.') >= 0 || (point >= 0 && !grouped))) return default; // groups by commas, or a list
            if (comma < 0 && point >= 0 && !grouped && number[(point + 1)..].Contains('.')) return default; // a date, a version
            any = true;
            commas |= comma >= 0 && (number[0] == '0' || grouped || !IsGrouped(number, ','));
            points |= comma < 0 && point >= 0 && !grouped;
            if (grouped) groups = group;
        }
        return any ? new NumberForms(commas, points, groups) : default;
    }

    /// <summary>One to three digits, then groups of three.</summary>
    internal static bool IsGrouped(ReadOnlySpan<char> number, char group)
    {
        int first = number.IndexOf(group);
        if (first is < 1 or > 3) return false;
        for (ReadOnlySpan<char> rest = number[first..]; !rest.IsEmpty; rest = rest[4..])
            if (rest.Length < 4 || rest[0] != group || rest[1..4].IndexOfAnyExceptInRange('0', '9') >= 0) return false;
        return true;
    }
}
