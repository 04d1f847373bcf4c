namespace GanPipeline.Tables;

/// <summary>How a file or a column writes numbers: what <c>1.234,5</c> and <c>1,234.5</c> mean.</summary>
/// <param name="Decimal">The decimal separator: a point or a comma.</param>
/// <param name="Thousands">What stands between groups of three digits; null for none, or where it is not known.</param>
internal sealed record NumberHints(char Decimal, char? Thousands)
{
    /// <summary>As programs write numbers: a decimal point and no groups.</summary>
    public static NumberHints Invariant { get; } = new('.', null);

    /// <summary>A number as programs write it; null where a text has separators that mean nothing here, or groups that are not of three digits.</summary>
    public string? Plain(string text)
    {
        if (Decimal == '.' && Thousands is null) return text;
        int end = text.AsSpan().IndexOfAny(Decimal, 'e', 'E');
        string whole = end < 0 ? text : text[..end], rest = end < 0 ? "" : text[end..];
        if (Thousands is { } thousands && whole.Contains(thousands, StringComparison.Ordinal))
        {
            if (!NumberForms.IsGrouped(whole.AsSpan().TrimStart("+-\u2212"), thousands)) return null;
            whole = whole.Replace($"{thousands}", "", StringComparison.Ordinal);
        }
        bool other = whole.AsSpan().IndexOfAny('.', ',') >= 0 || rest.AsSpan(Math.Min(1, rest.Length)).IndexOfAny('.', ',') >= 0;
        return other ? null : whole + rest.Replace(',', '.');
    }
}
