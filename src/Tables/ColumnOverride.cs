using System.ComponentModel.DataAnnotations;

namespace GanPipeline.Tables;

/// <summary>What a user says about one column; null is left to inference.</summary>
internal sealed record ColumnOverride
{
    /// <summary>The column's type.</summary>
    public ColumnType? Type { get; init; }

    /// <summary>How its numbers are encoded.</summary>
    public NumberEncoding? Encoding { get; init; }

    /// <summary>.NET format of its dates.</summary>
    public string? Format { get; init; }

    /// <summary>What stands before the decimals of its numbers, a point or a comma.</summary>
    public string? Decimal { get; init; }

    /// <summary>What stands between groups of three digits of its numbers.</summary>
    public string? Thousands { get; init; }

    /// <summary>All values that it may have, each once, in this order; null where they are taken from the rows.</summary>
    public IReadOnlyList<string>? Values { get; init => field = value is null ? null : [.. value.Distinct(StringComparer.Ordinal)]; }

    /// <summary>The smallest number that it may have; goes with <see cref="Max"/>.</summary>
    public double? Min { get; init; }

    /// <summary>The largest number that it may have.</summary>
    public double? Max { get; init; }

    /// <summary>Digits after the decimal point, where the range is declared; 0 for whole numbers.</summary>
    [Range(0, 6)]
    public int? Decimals { get; init; }

    /// <summary>Whether values may be missing, where values or a range are declared.</summary>
    public bool Optional { get; init; }

    /// <summary>Whether all that its code is made of is declared here, so that nothing of it comes from the rows.</summary>
    public bool IsPublic => Values is not null || Min is not null;

    /// <summary>Why two separators cannot be those of numbers; null where they can.</summary>
    public static string? Separators(string? point, string? thousands)
    {
        const string Groups = ",.'\u2019_ \u00A0\u202F\u2009\u2007";
        if (point is not (null or "." or ",")) return "decimal is a point or a comma, in quotes: decimal: \",\"";
        if (thousands is not null && (thousands.Length != 1 || !Groups.Contains(thousands, StringComparison.Ordinal)))
            return "thousands is one character, in quotes: a comma, a point, an apostrophe, an underscore or a space";
        return point is not null && point == thousands ? "decimal and thousands must be two different characters" : null;
    }

    /// <summary>What of a column's description does not go together; null where all does.</summary>
    public string? Conflict()
    {
        if (Min is null != Max is null || Min >= Max) return "min and max go together, and min must be below max";
        if (Min is { } min && Max is { } max && (Type == ColumnType.Integer ? 0 : Decimals) is { } decimals
            && Math.Ceiling(min * Math.Pow(10, decimals)) > Math.Floor(max * Math.Pow(10, decimals)))
            return $"no number of {decimals} decimals lies between min and max; say more decimals, or a wider range";
        bool range = Min is not null, values = Values is not null;
        if (Separators(Decimal, Thousands) is { } separators) return separators;
        if ((Decimal ?? Thousands) is not null && (values || Type is not (null or ColumnType.Numeric or ColumnType.Integer)))
            return "decimal and thousands are of numbers; leave them out, or make the type numeric or integer";
        if (Values is { Count: < 2 }) return "values are a list of at least two different ones";
        if (range && values) return "a column has values or a range (min and max), not both";
        if ((Decimals is not null && !range) || (Optional && !IsPublic))
            return "decimals go with min and max, and optional with those or with values";
        if (range && Type is not (null or ColumnType.Numeric or ColumnType.Integer))
            return "min and max are of numbers; leave the type out, or make it numeric or integer";
        if (values && Type is not (null or ColumnType.Categorical)) return "values are of categories; leave the type out";
        return IsPublic && (Encoding is not null || Format is not null)
            ? "encoding and format are for columns whose values are taken from the rows; leave them out" : null;
    }
}
