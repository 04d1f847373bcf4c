namespace GanPipeline.Tables;

/// <summary>How a file or a column writes numbers: what <c>1.234,5</c> and <c>1,234.5</c> mean.</summary>
/// <param name="Decimal">The decimal separator: a point or a comma.</param>
/// <param name="Thousands">What stands between groups of three digits; null for none, or where it is not known.</param>
internal sealed record NumberHints(char Decimal, char? Thousands)
{
    /// <summary>As programs write numbers: a decimal point and no groups.</summary>
    public static NumberHints Invariant { get; } = new('.', null);
}
